package traffic

import (
	"fmt"
	"math/rand/v2"
)

// PeripheralID is the peripheral of every Site.
const PeripheralID = 5000

// Agent is a person who takes calls.
type Agent struct {
	First, Last string
	ID          string // number used to sign in
	Password    string
	Extension   string
	Instrument  string
	// ICMID is the skill target id of the configuration.
	ICMID      int64
	Team       *Team
	Group      *SkillGroup
	Supervisor bool
}

// Name returns the agent's full name.
func (a *Agent) Name() string { return a.First + " " + a.Last }

// Login returns the name of the agent's desktop client.
func (a *Agent) Login() string { return "desk-" + a.ID }

// Team is a group of agents with a supervisor.
type Team struct {
	ID         int64
	Name       string
	Supervisor *Agent
	Members    []*Agent // the supervisor not among them
}

// SkillGroup is a group of agents that calls are queued for.
type SkillGroup struct {
	Number, ID int64
	Name       string
}

// Service is what callers reach under a dialed number.
type Service struct {
	DialedNumber, DNIS string
	Name               string
	Number, ID         int64
	CallTypeID         int64
	Group              *SkillGroup
	RoutePoint         string
}

// Site is a contact center: who works there and what can be dialed. It does
// not change once made.
type Site struct {
	Agents   []*Agent
	Teams    []*Team
	Groups   []*SkillGroup
	Services []*Service
}

var (
	firstNames = []string{"Anna", "Ben", "Carla", "David", "Elena", "Frank", "Grace", "Henry", "Ines", "Jonas", "Karin", "Luis",
		"Maria", "Nils", "Olga", "Paul", "Rosa", "Simon", "Tara", "Viktor", "Wanda", "Yusuf"}
	lastNames = []string{"Abel", "Berger", "Costa", "Duval", "Evans", "Fischer", "Garcia", "Hansen", "Ivanov", "Jensen", "Keller",
		"Lopez", "Meyer", "Novak", "Olsen", "Peters", "Rossi", "Schmidt", "Torres", "Vogel", "Weber", "Young"}
	groupNames   = []string{"Billing", "Technical Support", "Sales", "Reservations", "Claims", "Retention"}
	serviceNames = []string{"billing_en", "support_en", "sales_en", "reservations_en", "claims_en", "retention_en"}
	teamNames    = []string{"Team North", "Team South", "Team East", "Team West"}
)

// NewSite makes up a site with so many agents, in teams of at most eight.
func NewSite(seed uint64, agents int) *Site {
	rng := rand.New(rand.NewPCG(seed, 0x5173))
	s := &Site{}
	for i, name := range groupNames {
		g := &SkillGroup{Number: int64(101 + i), ID: int64(5001 + i), Name: name}
		s.Groups = append(s.Groups, g)
		s.Services = append(s.Services, &Service{
			DialedNumber: fmt.Sprintf("8005550%d", 110+i), DNIS: fmt.Sprintf("8%04d", 1100+i), Name: serviceNames[i],
			Number: int64(11 + i), ID: int64(5011 + i), CallTypeID: int64(5101 + i), Group: g, RoutePoint: fmt.Sprintf("20%02d", i),
		})
	}
	for i := range agents {
		if i%8 == 0 {
			k := len(s.Teams)
			s.Teams = append(s.Teams, &Team{ID: int64(5201 + k), Name: teamNames[k%len(teamNames)]})
		}
		s.add(rng, i)
	}
	return s
}

// add makes up agent i; the first of each team supervises it.
func (s *Site) add(rng *rand.Rand, i int) {
	team := s.Teams[len(s.Teams)-1]
	a := &Agent{
		First: firstNames[rng.IntN(len(firstNames))], Last: lastNames[rng.IntN(len(lastNames))],
		ID: fmt.Sprint(10017 + i), Password: fmt.Sprintf("pw%06d", rng.IntN(1_000_000)),
		Extension: fmt.Sprint(3001 + i), Instrument: fmt.Sprint(3001 + i),
		ICMID: int64(6001 + i), Team: team, Group: s.Groups[rng.IntN(len(s.Groups))],
	}
	s.Agents = append(s.Agents, a)
	if team.Supervisor == nil {
		team.Supervisor, a.Supervisor = a, true
		return
	}
	team.Members = append(team.Members, a)
}

// agent finds an agent by ID or by instrument; empty arguments match nobody.
func (s *Site) agent(id, instrument string) *Agent {
	for _, a := range s.Agents {
		if id != "" && a.ID == id || instrument != "" && (a.Instrument == instrument || a.Extension == instrument) {
			return a
		}
	}
	return nil
}

// Caller is somebody who calls in.
type Caller struct {
	ANI     string
	Name    string
	Account string
	Entered string // digits entered in the menu
}

// NewCaller makes up a caller. Numbers 555-0100 to 555-0199 belong to nobody.
func NewCaller(rng *rand.Rand) Caller {
	areas := [...]int{408, 212, 312, 415, 617, 713}
	return Caller{
		ANI:     fmt.Sprintf("%d55501%02d", areas[rng.IntN(len(areas))], rng.IntN(100)),
		Name:    firstNames[rng.IntN(len(firstNames))] + " " + lastNames[rng.IntN(len(lastNames))],
		Account: fmt.Sprintf("%08d", rng.IntN(100_000_000)),
		Entered: fmt.Sprint(1 + rng.IntN(4)),
	}
}

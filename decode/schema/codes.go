package schema

import (
	"slices"
	"strings"
)

// Platform is the product that sends a code, where products use one number
// for different things.
type Platform uint8

// The platforms. AnyPlatform stands for all of them.
const (
	AnyPlatform   Platform = iota
	PlatformCCE            // Unified CCE, and Unified ICM with a Unified CM peripheral
	PlatformCCX            // Unified CCX
	PlatformAvaya          // Unified ICM with an Avaya Definity peripheral
)

// String returns "CCE", "CCX", "Avaya" or "any".
func (p Platform) String() string {
	switch p {
	case PlatformCCE:
		return "CCE"
	case PlatformCCX:
		return "CCX"
	case PlatformAvaya:
		return "Avaya"
	}
	return "any"
}

// PlatformOf returns the platform that a value of PeripheralType stands for,
// AnyPlatform where it tells none.
func PlatformOf(peripheralType uint32) Platform {
	switch peripheralType {
	case 4, 5: // PT_DEFINITY_ECS_NON_EAS, PT_DEFINITY_ECS_EAS
		return PlatformAvaya
	case 17: // PT_ENTERPRISE_AGENT
		return PlatformCCE
	case 21: // PT_ACMI_CRS; Unified CCX sends it in every event
		return PlatformCCX
	}
	return AnyPlatform
}

// Code is one error number with its words.
type Code struct {
	Value uint32
	Const string // the constant, empty where no source gives it
	// Layer is the part that gave a PeripheralErrorCode, such as "CM"; see
	// LayerText. Empty for status and control failure codes.
	Layer string
	Text  string // one line in plain words, empty for an unknown number
	// Derived marks numbers that follow from Unified CM's own errors and that
	// no table of the guides prints.
	Derived bool
	Doubt   bool // see CodeDoubts
}

// The errors of Unified CM are its CTI errors 0x8CCCnnnn, sent as 20000 plus
// nnnn. 24095 is its catch-all and has no CTI error.
const (
	cmBase        = 20000
	cmGeneral     = 24095
	ctiErrorsOfCM = 0x8CCC0000
)

// layers are the parts of a peripheral gateway that give PeripheralErrorCodes,
// by range of numbers. Source: Cisco IPCC Error Codes, TAC document 26142.
var layers = [...]struct {
	from, to uint32
	name     string
	text     string
	assumed  bool // from the order of the layers
}{
	{10000, 10999, "TELDRIVE", "telephony driver layer of the PIM", false},
	{11000, 11999, "JTCLIENT", "JTAPI client inside the PIM", true},
	{12000, 12999, "JTAPPLAY", "JTAPI application layer", true},
	{13000, 13999, "GW_E", "JTAPI gateway (jgw)", false},
	{cmBase, cmGeneral, "CM", "Unified Communications Manager", false},
	{88000, 88999, "CCX", "Unified CCX", false},
}

// PeripheralError returns the words for a PeripheralErrorCode of a Unified CM
// peripheral or of Unified CCX; other peripherals send numbers of their own in
// the same field (Avaya: the ASAI cause, 0 to 62). ok tells whether a table has
// the number. If not, the Code still holds the Layer where the range tells it,
// with Doubt set where that range is an assumption.
func PeripheralError(code uint32) (c Code, ok bool) {
	c = Code{Value: code}
	for _, rows := range [...][]Code{peripheralErrors, cmErrors} {
		if i, found := slices.BinarySearchFunc(rows, code, compareCode); found {
			c, ok = rows[i], true
			break
		}
	}
	for i := range layers {
		if l := &layers[i]; code >= l.from && code <= l.to {
			c.Layer = l.name
			c.Doubt = c.Doubt || !ok && l.assumed
		}
	}
	return c, ok
}

func compareCode(c Code, value uint32) int {
	switch {
	case c.Value < value:
		return -1
	case c.Value > value:
		return 1
	}
	return 0
}

// LayerText returns what a Code's Layer is, such as "JTAPI gateway (jgw)" for
// "GW_E", and "" for a name that is no layer.
func LayerText(layer string) string {
	for i := range layers {
		if layers[i].name == layer {
			return layers[i].text
		}
	}
	return ""
}

// CTIError returns the error number of Unified CM that the code stands for, as
// its logs and JTAPI print it (0x8CCCnnnn), 0 if it stands for none.
func (c Code) CTIError() uint32 {
	if c.Value < cmBase || c.Value >= cmGeneral {
		return 0
	}
	return ctiErrorsOfCM | (c.Value - cmBase)
}

// PeripheralErrors returns the table of PeripheralErrorCodes in the order of
// numbers, without those that follow from Unified CM's rule.
func PeripheralErrors() []Code { return peripheralErrors }

// Reason is one EventReasonCode of AGENT_STATE_EVENT that a product itself
// gives. Numbers that are not listed are set by the administrator.
type Reason struct {
	Value    uint32
	Platform Platform
	State    string // the agent states that carry it, such as "Logout"
	Text     string
	Doubt    bool // a weak source, or sources that contradict each other
}

// EventReason returns the words for an EventReasonCode. CCX has its own list;
// every other platform uses that of CCE. ok is false for a number that an
// administrator has set.
func EventReason(code uint32, platform Platform) (r Reason, ok bool) {
	if platform != PlatformCCX {
		platform = PlatformCCE
	}
	i, ok := slices.BinarySearchFunc(eventReasons, code, func(r Reason, code uint32) int {
		if r.Platform != platform {
			return int(r.Platform) - int(platform)
		}
		return int(int64(r.Value) - int64(code))
	})
	if !ok {
		return Reason{Value: code, Platform: platform}, false
	}
	return eventReasons[i], true
}

// EventReasons returns the reasons by platform and number.
func EventReasons() []Reason { return eventReasons }

// Advice is what a code usually means in practice and what to look at next.
type Advice struct {
	Const     string // of StatusCode, ControlFailureCode or a peripheral error
	Text      string
	CheckNext string
	Platform  Platform // where the sources say so
	Sources   []string // titles
}

// Practice returns the advice for a constant such as "E_CTI_DEVICE_IN_USE".
func Practice(constant string) (a Advice, ok bool) {
	i, ok := slices.BinarySearchFunc(practices, constant, func(a Advice, constant string) int {
		return strings.Compare(a.Const, constant)
	})
	if !ok {
		return Advice{}, false
	}
	return practices[i], true
}

// CodeDoubts returns the gaps and contradictions of the sources of the codes,
// reasons and advice, in our words.
func CodeDoubts() []string { return codeDoubts }

var codeDoubts = []string{
	"Peripheral errors 10110, 10113 to 13035, 13037 to 13041 and 13043 could not be read anywhere; the CTI OS guides print none of them (13036 is from release notes, 12004 and 12005 without constant).",
	"12004, 12005: release notes only say that Finesse answers them with sign-in retries after device errors; the layer is assumed from the number.",
	"The guide's text for 20003 belongs to 20005 and that for 20026 to 20027; texts here follow the constant and JTAPI. 13053, 13059, 13102, 13106 and 13121 to 13124 also print another operation than their constant names; texts here follow the constant.",
	"20117 is CFWDALL_ALREADY_OFF in the guide, but 0x8CCC0075 is DIRECTORY_LOGIN_TIMEOUT in Unified CM.",
	"CCX error codes above 88018 could not be read; 88018 itself follows from its place, its row was cut. 0 is CCX_DEFAULT_ERROR_CODE in CCX, no error data in CCE.",
	"Event reason 20002: the database handbook calls it the normal logout from not ready, Finesse and reporting guides a forced logout. 20003: the handbook also lists it under logout.",
	"Event reason 0 for CCE rests on a forum post only. 65535 can also stand for no value.",
	"Event reason 32743 comes from the CCX protocol page, its state is assumed.",
	"PayloadType: JTAPI starts at 1 (G711ULAW64K is 4, G729 is 11), the CCX guide at 0 (3 and 10); which one CTI Server sends is not stated.",
	"InvocationType: the guide gives words only; 0 and 1 are JTAPI's.",
	"E_CTI_NO_SERVER_FOR_REQUEST is named in the guide's text but is in no table.",
	"E_CTI_SUPERVISOR_NOT_FOUND: the guide says that a FAILURE_CONF comes, not with which status.",
	"CF_SHARED_LINES_NOT_SUPPORTED, CF_MAXIMUM_LINE_LIMIT_EXCEEDED, CF_DEVICE_RESTRICTED and CF_LINE_RESTRICTED are joined to the configuration rules by name; no source shows the code itself.",
	"ARMStatus is partial and belongs to MEDIA_LOGIN_RESP and the like, whose layout the guide does not print.",
	"The copy of the IPCC Express support note lost its column of codes: 37, 256, 258 and 259 were joined by the words of the guide, the CCX_AGENT_DEVICE entries by their meaning.",
}

package session_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/decode/schema/schematest"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// TestSessionOfAnotherProtocol follows a session whose messages have the numbers
// of CTI Server and other roles and layouts: what opens it, tells its version and
// names its client, and what answers what, are the protocol's to say.
func TestSessionOfAnotherProtocol(t *testing.T) {
	small := decode.NewCodec(schematest.Protocol())
	frame := func(name string, values ...decode.Setting) []byte {
		b, err := small.AppendMessage(nil, small.Protocol().ByName(name), 2, values)
		require.NoError(t, err)
		return b
	}
	f := &feed{t: t, conn: &reassembly.Conn{ID: 1, Start: true, ClientKnown: true}}
	var said []string
	f.follower = session.NewFollower(session.Options{Codec: small}, func(r *session.Record) {
		require.Same(t, small, r.Info.Codec)
		if r.Kind != session.Message {
			return
		}
		require.Same(t, small, r.Message.Codec)
		line := fmt.Sprintf("%s %s %d %s", r.From, r.Message.Name(), r.Message.Version, r.VersionSource)
		if req := small.Protocol().Lookup(r.Request.Type); req != nil {
			line += " answers " + req.Name
		}
		said = append(said, line)
		require.Empty(t, r.Message.Problems)
		require.Equal(t, "desk", r.Info.ClientID)
	})
	f.event(reassembly.Event{Kind: reassembly.Open})
	f.data(toServer, frame("HELLO_REQ", invoke(1), num("PeripheralID", 9), num("VersionNumber", 2), text("ClientID", "desk")))
	f.data(toClient, frame("HELLO_CONF", invoke(1)), frame("MOOD_EVENT", num("Mood", 3), num("StateDuration", 5), num("Score", 1)))
	f.data(toServer, frame("HEARTBEAT_REQ", invoke(2)))
	f.data(toClient, frame("REFUSAL", invoke(2), num("Reason", 1)))
	require.Equal(t, []string{
		"client HELLO_REQ 2 open", "server HELLO_CONF 2 open answers HELLO_REQ", "server MOOD_EVENT 2 open",
		"client HEARTBEAT_REQ 2 open", "server REFUSAL 2 open answers HEARTBEAT_REQ",
	}, said)
}

// TestSessionIsBoundToAnotherProtocol begins in the middle of a session that is
// taken for CTI Server's: what is held, and the message that is there in part, are
// read anew once it is bound to the protocol that it speaks.
func TestSessionIsBoundToAnotherProtocol(t *testing.T) {
	small := decode.NewCodec(schematest.Protocol())
	frame := func(name string, values ...decode.Setting) []byte {
		b, err := small.AppendMessage(nil, small.Protocol().ByName(name), 2, values)
		require.NoError(t, err)
		return b
	}
	f := &feed{t: t, conn: &reassembly.Conn{ID: 1, Start: true, ClientKnown: true}}
	var said []string
	f.follower = session.NewFollower(session.Options{}, func(r *session.Record) {
		if r.Kind == session.Message {
			require.Same(t, r.Info.Codec, r.Message.Codec)
			said = append(said, fmt.Sprintf("%s %d: %d problems", r.Message.Name(), r.Message.Version, len(r.Message.Problems)))
		}
	})
	f.event(reassembly.Event{Kind: reassembly.Open})
	mood := frame("MOOD_EVENT", num("Mood", 3), num("StateDuration", 5), num("Score", 1))
	f.data(toClient, frame("MOOD_EVENT", num("Mood", 3), num("StateDuration", 5), num("Score", 1)))
	f.data(toClient, mood[:10])
	require.Empty(t, said, "it is held: the version is not known")
	f.follower.Bind(f.conn, small)
	f.data(toClient, mood[10:])
	f.data(toServer, frame("HELLO_REQ", invoke(1), num("PeripheralID", 9), num("VersionNumber", 2), text("ClientID", "desk")))
	f.follower.Bind(f.conn, small) // nothing new
	f.event(reassembly.Event{Kind: reassembly.Close})
	require.Equal(t, []string{"MOOD_EVENT 2: 0 problems", "MOOD_EVENT 2: 0 problems", "HELLO_REQ 2: 0 problems"}, said)
	f.follower.Bind(f.conn, decode.CCE()) // a closed one
}

package decode

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode/schema"
)

// TestFixedPartsNeverAddUp tries chains of every message that has no floating
// fields: heartbeats, which Cisco's other GED protocols have too, and the rest.
func TestFixedPartsNeverAddUp(t *testing.T) {
	codec := CCE()
	for _, m := range codec.Protocol().Messages() {
		if !m.HasLayout {
			continue
		}
		for v := codec.versions.Min; v <= codec.versions.Max; v++ {
			frame, err := codec.AppendMessage(nil, m, v, nil)
			require.NoError(t, err)
			var chain []byte
			for range 20 {
				chain = append(chain, frame[:schema.HeaderSize+m.FixedSize(v)]...)
			}
			if int(frame[3])|int(frame[2])<<8 != m.FixedSize(v) {
				continue // the encoder adds floating fields that the message must have
			}
			require.NotEqual(t, IsCTI, codec.Recognize(chain), "%s, version %d", m.Name, v)
		}
	}
}

// TestHeartbeatsDoNotHideWhatFollows has the first message with floating fields
// recognised behind any number of heartbeats.
func TestHeartbeatsDoNotHideWhatFollows(t *testing.T) {
	codec := CCE()
	beat, err := codec.AppendMessage(nil, codec.Protocol().ByName("HEARTBEAT_REQ"), 15, nil)
	require.NoError(t, err)
	open, err := codec.AppendMessage(nil, codec.Protocol().ByName("OPEN_REQ"), 15, []Setting{
		{Name: "VersionNumber", Num: 15}, {Name: "ClientID", Bytes: []byte("desk")}, {Name: "ClientPassword", Bytes: []byte("x")},
	})
	require.NoError(t, err)
	var b []byte
	for range 5 {
		require.NotEqual(t, IsCTI, codec.Recognize(b))
		b = append(b, beat...)
	}
	require.Equal(t, IsCTI, codec.Recognize(append(b, open...)))
}

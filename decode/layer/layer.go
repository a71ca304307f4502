// Package layer registers CTI Server messages (GED-188) as a gopacket layer,
// for programs that are built on gopacket.
//
// gopacket decodes packets, and CTI is a stream: a layer sees the messages
// that lie whole in one segment, from its first byte on. What needs streams put
// together needs package reassembly. The package imports decode and gopacket.
package layer

import (
	"errors"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// TypeCTI is the layer type of a CTI message.
var TypeCTI = gopacket.RegisterLayerType(42027, gopacket.LayerTypeMetadata{
	Name: "CTI", Decoder: gopacket.DecodeFunc(decodeCTI),
})

// DefaultVersion is the protocol version that messages are read with until an
// OPEN_REQ in the same CTI value tells.
const DefaultVersion = 15

// CTI is one message at the beginning of a TCP payload; Payload holds what
// follows it, which may be further messages.
type CTI struct {
	layers.BaseLayer
	// Version is the protocol version to read with; 0 stands for
	// DefaultVersion. Set it before DecodeFromBytes.
	Version int
	// Codec is that of the protocol to read; nil stands for decode.CCE. Set it
	// before DecodeFromBytes.
	Codec *decode.Codec
	// Message is the decoded message. Its data lie in Contents.
	Message decode.Message

	decoder  decode.Decoder
	decoding *decode.Codec // that of decoder
}

// ErrNoMessage is returned for bytes that are no CTI message, or not a whole
// one.
var ErrNoMessage = errors.New("no whole CTI message")

// RegisterPort lets gopacket decode the payload of a TCP port as CTI. gopacket
// does so for packets read with DecodeOptions.DecodeStreamsAsDatagrams.
func RegisterPort(port layers.TCPPort) {
	layers.RegisterTCPPortLayerType(port, TypeCTI)
}

// LayerType returns TypeCTI.
func (c *CTI) LayerType() gopacket.LayerType { return TypeCTI }

// CanDecode returns TypeCTI.
func (c *CTI) CanDecode() gopacket.LayerClass { return TypeCTI }

// NextLayerType returns TypeCTI while there is payload: a segment holds many
// messages.
func (c *CTI) NextLayerType() gopacket.LayerType {
	if len(c.Payload) > 0 {
		return TypeCTI
	}
	return gopacket.LayerTypeZero
}

// DecodeFromBytes decodes the message at the beginning of data, which is
// borrowed. Nothing is allocated when the CTI value is used again.
func (c *CTI) DecodeFromBytes(data []byte, df gopacket.DecodeFeedback) error {
	if c.Codec == nil {
		c.Codec = decode.CCE()
	}
	length, number, ok := decode.ParseHeader(data)
	if !ok || length > schema.MaxMessageLength || c.Codec.Protocol().Lookup(number) == nil {
		return ErrNoMessage
	}
	n := schema.HeaderSize + int(length)
	if len(data) < n {
		df.SetTruncated()
		return ErrNoMessage
	}
	if c.Version == 0 {
		c.Version = DefaultVersion
	}
	if v, ok := c.Codec.OpenVersion(number, data[:n]); ok {
		c.Version = v
	}
	switch {
	case c.decoding != c.Codec:
		c.decoder, c.decoding = c.Codec.Decoder(c.Version), c.Codec
	case c.decoder.Version != c.Version:
		c.decoder.Reset(c.Version)
	}
	c.Contents, c.Payload = data[:n:n], data[n:]
	c.decoder.Decode(&c.Message, c.Contents)
	return nil
}

func decodeCTI(data []byte, p gopacket.PacketBuilder) error {
	c := &CTI{}
	if err := c.DecodeFromBytes(data, p); err != nil {
		return err
	}
	p.AddLayer(c)
	if len(c.Payload) == 0 {
		return nil
	}
	return p.NextDecoder(gopacket.DecodeFunc(decodeCTI))
}

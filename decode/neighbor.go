package decode

import "ctiscope/decode/schema"

// VRUInterface is how ctiscope names the protocol between the central controller
// and voice response units, which has the header and the heartbeats of CTI Server.
const VRUInterface = "GED-125 (VRU interface)"

// VRUPort is where it usually listens.
const VRUPort = 5000

// vruOpenLength is the MessageLength of its OPEN_REQ (number 3): three UINT. That
// of CTI Server is longer in every version.
const vruOpenLength = 12

// OpensVRU tells whether bytes begin with the OPEN_REQ of the VRU interface.
func OpensVRU(b []byte) bool {
	length, number, ok := ParseHeader(b)
	return ok && number == 3 && length == vruOpenLength
}

// LooksVRU tells whether a segment at VRUPort may be one of the VRU interface: it
// begins with a header as Cisco's GED protocols have it.
func LooksVRU(b []byte) bool {
	length, number, ok := ParseHeader(b)
	return ok && plausiblePrefix(b) && number > 0 && number < 256 && length <= schema.MaxMessageLength
}

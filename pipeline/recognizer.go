package pipeline

import "ctiscope/decode"

// recognizer tells CTI from other traffic on ports that are not CTI's.
type recognizer struct{}

func (recognizer) Recognize(payload []byte) int { return int(decode.Recognize(payload)) }

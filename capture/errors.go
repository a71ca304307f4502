package capture

import "fmt"

// FormatError says that a file is not a capture and what it is instead.
type FormatError struct {
	File string
	// Found completes "FILE is ...": "a directory", "an ELF program".
	Found string
	// Advice is what to do, with the command for this file; empty where nothing
	// helps.
	Advice string
}

// Error names the file and what it is.
func (e *FormatError) Error() string {
	return fmt.Sprintf("%s is %s, not a pcap or pcapng capture", e.File, e.Found)
}

// Hint returns the advice.
func (e *FormatError) Hint() string {
	if e.Advice == "" {
		return "ctiscope reads pcap and pcapng files, also as .gz and .zst"
	}
	return e.Advice
}

// NoInterfaceError says that a pcapng file describes no interface, without which its
// packets cannot be read.
type NoInterfaceError struct {
	File    string
	Packets int64
}

// Error names the file and how much is lost.
func (e *NoInterfaceError) Error() string {
	return fmt.Sprintf("%s describes no interface: its %d packets have no link type and no precision of time, and cannot be read", e.File, e.Packets)
}

// Hint tells what may help.
func (e *NoInterfaceError) Hint() string {
	return "the beginning of the file is missing, or its writer is at fault; export the packets again, as pcap"
}

// CutError says that a file ends inside a packet or inside its compressed data.
// Every whole packet before the cut was returned.
type CutError struct {
	File string
	// Packets counts the whole packets of this file.
	Packets int64
	// Offset is where the unfinished bytes begin, in bytes from the start of
	// the file as it is after decompression.
	Offset int64
	// Left counts the bytes after Offset; 0 when a compressed file breaks off
	// exactly between two packets.
	Left int64
}

// Error tells the last whole packet and how many bytes are left over.
func (e *CutError) Error() string {
	if e.Packets == 0 {
		return fmt.Sprintf("%s is cut short before its first whole packet: %s left over at offset %d",
			e.File, byteCount(e.Left), e.Offset)
	}
	return fmt.Sprintf("%s is cut short after packet %d: %s left over at offset %d",
		e.File, e.Packets, byteCount(e.Left), e.Offset)
}

// DamageError says that a file cannot be read further although it goes on.
// Every whole packet before the damage was returned.
type DamageError struct {
	File string
	// Packet is the number, in this file, of the last packet before the damage.
	Packet int64
	// Offset is where the damage was found, in bytes from the start of the
	// file as it is after decompression.
	Offset int64
	// What was found there.
	What string
	// Err is the cause, when another package found the damage.
	Err error
}

// Error tells where the damage is and what was found there.
func (e *DamageError) Error() string {
	return fmt.Sprintf("%s is damaged after packet %d, at offset %d: %s", e.File, e.Packet, e.Offset, e.What)
}

// Unwrap returns the cause.
func (e *DamageError) Unwrap() error { return e.Err }

func byteCount(n int64) string {
	if n == 1 {
		return "1 byte"
	}
	return fmt.Sprintf("%d bytes", n)
}

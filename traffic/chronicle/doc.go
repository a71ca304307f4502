// Package chronicle tells the story of a conversation a second time, for tests
// only: slow and plain, so that it can be held against the program that tells
// it while packets pass.
//
// A Scene is a conversation as it was sent: clients and servers say messages at
// times of the caller's choice, and it gives both the packets (Pcap) and the
// list of what was said (Capture). Random makes such scenes by chance, plausible
// ones of a small center. Tell reads a whole list at once, keeps everything in
// plain maps and lists and gives, for each kind of line, a list of objects with
// the keys of that kind. Difference names the first thing in which two such
// lists differ.
//
// Captures begin before their sessions do, and nothing is lost in them: holes,
// directions that are missing and memory that is short are not told of here.
// What masks, services and the capture's end leave unknown is. The package
// imports decode, decode/schema and traffic/wire; it shares no code with the
// program that it is to check.
package chronicle

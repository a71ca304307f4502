// Command ctiscope reads Cisco CTI Server traffic (GED-188) out of captures.
package main

import (
	"os"
	_ "time/tzdata" // zones where the system has none: Windows, bare containers
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

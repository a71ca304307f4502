package main

import "os"

// statusSignals ask a running capture how it goes; Windows has none for it.
var statusSignals []os.Signal

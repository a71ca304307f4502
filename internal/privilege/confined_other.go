//go:build !linux

package privilege

// confined is always empty: only Linux has a root that cannot become another
// user.
func confined(*Identity) string { return "" }

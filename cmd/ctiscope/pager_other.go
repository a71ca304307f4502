//go:build !linux && !darwin

package main

import "context"

// awaitPager waits for nothing here: whether a pager has the terminal is not
// known.
func (a *app) awaitPager(context.Context) bool { return true }

//go:build !(linux || darwin || freebsd || dragonfly)

package embedded

import "errors"

// DiskOf returns no space, because this system does not report it.
func DiskOf(string) (Disk, error) { return Disk{}, errors.ErrUnsupported }

func identity(string) string { return "" }

//go:build !linux

package memory

import "errors"

// OfProcess fails, because this system does not show its memory as files.
func OfProcess(int) (Machine, error) { return Machine{}, errors.ErrUnsupported }

package loaders

import "time"

// Checked is when the store last told that the snapshot held is its newest; the zero time while none has been read.
func (l *Live) Checked() time.Time {
	nanoseconds := l.checked.Load()
	if nanoseconds == 0 {
		return time.Time{}
	}
	return time.Unix(0, nanoseconds)
}

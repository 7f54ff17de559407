package loaders

import "time"

// SetAsOf turns the clock to a day.
func (l *Live) SetAsOf(day time.Time) { l.options.AsOf = day }

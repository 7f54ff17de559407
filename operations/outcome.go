package operations

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
)

// Outcome is what became of a request, for the log and the metrics.
type Outcome struct {
	// Errors is how many errors the answer has.
	Errors int
	// Code is that of the first of them; OK if there is none.
	Code string
}

// OutcomeOf is the outcome of a request whose answer has these errors.
func OutcomeOf(errors gqlerror.List) Outcome {
	if len(errors) == 0 {
		return Outcome{Code: "OK"}
	}
	return Outcome{len(errors), fmt.Sprint(errors[0].Extensions["code"])}
}

// Level is how much the outcome matters to the reader of the log. Requests that were refused for their number may come by the
// thousand: the metrics count them all.
func (o Outcome) Level() slog.Level {
	if o.Code == string(masar.CodeOverloaded) || o.Code == string(masar.CodeRateLimited) {
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// Attrs are the attributes with which a line of the log ends.
func (o Outcome) Attrs(took time.Duration) []slog.Attr {
	return []slog.Attr{slog.Float64("ms", float64(took.Microseconds())/1000), slog.Int("errors", o.Errors), slog.String("code", o.Code)}
}

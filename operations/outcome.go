package operations

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
)

// Outcome is the result of a request for the log and the metrics.
type Outcome struct {
	// Errors is the number of errors in the answer.
	Errors int
	// Code is the code of the first error; OK if there is none.
	Code string
}

// OutcomeOf returns the outcome of a request whose answer has these errors.
func OutcomeOf(errors gqlerror.List) Outcome {
	if len(errors) == 0 {
		return Outcome{Code: "OK"}
	}
	return Outcome{len(errors), fmt.Sprint(errors[0].Extensions["code"])}
}

// Level is the log level of the outcome. Refusals for too many requests can come by the thousand and are logged at a
// lower level. The metrics count all of them.
func (o Outcome) Level() slog.Level {
	if o.Code == string(masar.CodeOverloaded) || o.Code == string(masar.CodeRateLimited) {
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// Attrs are the last attributes of a log line.
func (o Outcome) Attrs(took time.Duration) []slog.Attr {
	return []slog.Attr{slog.Float64("ms", float64(took.Microseconds())/1000), slog.Int("errors", o.Errors), slog.String("code", o.Code)}
}

package traces

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

// Catches: a trace that is not continued, and invalid client text in a trace.
func TestTraceOf(t *testing.T) {
	const id, parent = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
	for header, taken := range map[string]bool{
		"00-" + id + "-" + parent + "-01":                      true,
		"00-" + id + "-" + parent + "-01-more":                 false,
		"cc-" + id + "-" + parent + "-01-more":                 true,
		"ff-" + id + "-" + parent + "-01":                      false,
		"00-" + strings.ToUpper(id) + "-" + parent + "-01":     false,
		"00-" + strings.Repeat("0", 32) + "-" + parent + "-01": false,
		"00-" + id + "-" + strings.Repeat("0", 16) + "-01":     false,
		"00-" + id[1:] + "-" + parent + "-01":                  false,
		id:                                                     false,
		"":                                                     false,
		"00-\n" + id:                                           false,
		"cc-" + id + "-" + parent + "-01-" + strings.Repeat("x", maxTraceparent): false,
	} {
		got := Of([]string{header})
		if (got.id == id) != taken {
			t.Errorf("%q: %+v", header, got)
		}
		if got.span == parent || Of([]string{got.String()}).id != got.id {
			t.Errorf("%q: %s is not a valid traceresponse", header, got)
		}
		if taken != (got.flags == "01") {
			t.Errorf("%q: flags %s", header, got.flags)
		}
	}
	if a, b := Of(nil), Of(nil); a.id == b.id {
		t.Error("two new traces have the same id")
	}
	twice := "00-" + id + "-" + parent + "-01"
	if got := Of([]string{twice, twice}); got.id == id {
		t.Error("with two headers, one was used")
	}
}

// Catches: a log record without the trace of its request.
func TestLogTellsTheTrace(t *testing.T) {
	var out bytes.Buffer
	log := Log(slog.New(slog.NewJSONHandler(&out, nil))).With("a", "b")
	log.InfoContext(Trace{id: "7"}.With(t.Context()), "within")
	log.Info("without")
	lines := strings.Split(out.String(), "\n")
	if !strings.Contains(lines[0], `"a":"b","trace":"7"`) || strings.Contains(lines[1], "trace") {
		t.Errorf("%s", out.String())
	}
}

package server_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"masar"
	"masar/exchange"
	"masar/operations"
	"masar/resolvers"
	"masar/server"
)

// played is a fake source with observations.
type played struct {
	exchange.Source
	snapshot string
	asOf     time.Time
	rows     int
	fails    int   // index of the first row that cannot be read
	err      error // the error when that row is read
	settled  exchange.Source
}

func (p played) Snapshot() string { return p.snapshot }
func (p played) AsOf() time.Time  { return p.asOf }

func (p played) Settle(context.Context) (exchange.Source, error) {
	if p.settled != nil {
		return p.settled, nil
	}
	return p, nil
}

func (p played) Observations(exchange.Query) (exchange.Records[exchange.Observation], error) {
	read := func(_ context.Context, from, to int) ([]exchange.Observation, error) {
		if p.err != nil && to > p.fails {
			return nil, p.err
		}
		all := make([]exchange.Observation, to-from)
		for i := range all {
			all[i] = exchange.Observation{
				Observation: &masar.Observation{Key: masar.ObservationKey(fmt.Sprint(from + i)), Indicator: p.snapshot}, Of: &masar.Country{}, Source: &masar.Document{},
			}
		}
		return all, nil
	}
	return exchange.Records[exchange.Observation]{Total: p.rows, Read: read}, nil
}

// play serves a source over a TCP connection.
func play(t *testing.T, source exchange.Source) string {
	t.Helper()
	s := httptest.NewServer(server.New(server.Options{
		Operations: operations.New(operations.Options{Schema: resolvers.NewSchema(), Log: slog.New(slog.DiscardHandler)}),
		Log:        slog.New(slog.DiscardHandler), Checks: func() []server.Check { return nil },
		Rows: func() (exchange.Source, error) { return source, nil },
	}))
	s.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	t.Cleanup(s.Close)
	return s.URL + "/api/v1/rows/observations."
}

func get(t *testing.T, address string, header ...string) (response *http.Response, body []byte, err error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err = http.DefaultClient.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	body, err = io.ReadAll(response.Body)
	return response, body, err
}

// Catches: a truncated file that looks complete to the client, and an error sent as a file.
func TestRowsBrokenOff(t *testing.T) {
	gone := masar.NewError(masar.CodeUnavailable, "error.database.unreachable", nil)
	for _, format := range []string{"csv", "json"} {
		response, body, err := get(t, play(t, played{snapshot: "1", rows: 9000, fails: 5000, err: gone})+format)
		if err == nil || len(body) == 0 {
			t.Errorf("%s: %d bytes, %v: a truncated file looks complete to the client", format, len(body), err)
		}
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", format, response.StatusCode)
		}
	}
	for name, c := range map[string]struct {
		format string
		err    error
		fails  int
		status int
	}{
		"out of reach at once":       {"csv", gone, 0, http.StatusServiceUnavailable},
		"out of reach, nothing sent": {"xlsx", gone, 5000, http.StatusServiceUnavailable},
		"too slow":                   {"json", context.DeadlineExceeded, 0, http.StatusGatewayTimeout},
		"a fault":                    {"json", errors.New("secret"), 0, http.StatusInternalServerError},
	} {
		response, body, err := get(t, play(t, played{snapshot: "1", rows: 9000, fails: c.fails, err: c.err})+c.format)
		if err != nil {
			t.Fatal(err)
		}
		h := response.Header
		if response.StatusCode != c.status || (c.status == http.StatusServiceUnavailable) != (h.Get("Retry-After") != "") || h.Get("ETag") != "" ||
			h.Get("Content-Disposition") != "" || h.Get("Content-Type") != "application/json; charset=utf-8" || len(body) > 1000 {
			t.Errorf("%s: %d %v %s", name, response.StatusCode, h, body)
		}
	}
}

// Catches: an ETag that stays the same for another snapshot or day, and rows of one snapshot with the ETag of another.
func TestTagsFollowTheSnapshot(t *testing.T) {
	day := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	first := played{snapshot: "1", asOf: day, rows: 3}
	second, later := first, first
	second.snapshot = "2"
	later.asOf = day.AddDate(0, 0, 1)
	seen := map[string]bool{}
	for _, source := range []exchange.Source{first, second, later} {
		response, _, err := get(t, play(t, source)+"csv")
		if err != nil || seen[response.Header.Get("ETag")] {
			t.Errorf("%v: ETag %s is that of another", err, response.Header.Get("ETag"))
		}
		seen[response.Header.Get("ETag")] = true
	}
	moved := first // the snapshot has moved on when it is read
	moved.settled = second
	wanted, rows, err := get(t, play(t, second)+"csv")
	if err != nil {
		t.Fatal(err)
	}
	response, body, err := get(t, play(t, moved)+"csv")
	if err != nil || response.Header.Get("ETag") != wanted.Header.Get("ETag") || string(body) != string(rows) || response.Header.Get("X-Snapshot") != "2" {
		t.Errorf("%v %v %s", err, response.Header, body)
	}
	response, body, err = get(t, play(t, moved)+"csv", "If-None-Match", wanted.Header.Get("ETag"))
	if err != nil || response.StatusCode != http.StatusNotModified || len(body) > 0 {
		t.Errorf("%v %d %s", err, response.StatusCode, body)
	}
}

// Catches: one ETag for compressed and uncompressed rows, a client of either that gets no 304, and a workbook that is
// compressed twice.
func TestTagsOfCompressedRows(t *testing.T) {
	address := play(t, played{snapshot: "1", rows: 3000})
	plain, whole, err := get(t, address+"csv", "Accept-Encoding", "identity")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{plain.Header.Get("ETag"): true}
	for _, encoding := range []string{"gzip", "zstd"} {
		packed, body, err := get(t, address+"csv", "Accept-Encoding", encoding)
		tag := packed.Header.Get("ETag")
		if err != nil || packed.Header.Get("Content-Encoding") != encoding || seen[tag] || len(body)*2 > len(whole) || packed.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%v %d bytes for %d: %v", err, len(body), len(whole), packed.Header)
		}
		seen[tag] = true
		again, body, err := get(t, address+"csv", "Accept-Encoding", encoding, "If-None-Match", tag)
		if err != nil || again.StatusCode != http.StatusNotModified || len(body) > 0 || again.Header.Get("ETag") != tag {
			t.Errorf("%v %d %v", err, again.StatusCode, again.Header)
		}
		if book, _, err := get(t, address+"xlsx", "Accept-Encoding", encoding); err != nil || book.Header.Get("Content-Encoding") != "" {
			t.Errorf("%v %v", err, book.Header)
		}
	}
}

// Catches: a sheet with more rows than Excel allows that is silently truncated.
func TestNoSheetIsCut(t *testing.T) {
	source := play(t, played{snapshot: "1", rows: 2_000_000})
	response, body, err := get(t, source+"xlsx")
	if err != nil || response.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("%v %d %s", err, response.StatusCode, body)
	}
	if response, _, err := get(t, source+"xlsx?first=3"); err != nil || response.StatusCode != http.StatusOK || response.Header.Get("Link") == "" {
		t.Errorf("%v %d: a page of it", err, response.StatusCode)
	}
}

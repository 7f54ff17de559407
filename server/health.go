package server

import (
	"encoding/json"
	"net/http"
	"time"
)

// Check is the state of one dependency of the service.
type Check struct {
	Name string `json:"name"`
	OK   bool   `json:"ok"`
	// State is the state in one stable word.
	State string `json:"state"`
	// AgeSeconds is the time since the state began, or since it was last confirmed; nil if unknown.
	AgeSeconds *float64 `json:"ageSeconds,omitempty"`
	// Detail describes the state to an operator in a few words.
	Detail string `json:"detail,omitempty"`
	// Do says what to do, in both languages; nil for nothing.
	Do *Advice `json:"do,omitempty"`
	// Runbook is the section of the documentation about the state.
	Runbook string `json:"runbook,omitempty"`
}

// Advice is a message in both languages.
type Advice struct {
	EN string `json:"en"`
	AR string `json:"ar"`
}

// Since sets the age of the state.
func (c *Check) Since(t time.Time) {
	age := time.Since(t).Round(time.Millisecond).Seconds()
	c.AgeSeconds = &age
}

// live answers 200 while the process runs.
func live(w http.ResponseWriter, _ *http.Request) { text(w, http.StatusOK, "ok\n") }

// ready reports whether operations can be answered now. With ?verbose it lists the checks.
func ready(checks func() []Check) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		all, ok := checks(), true
		for _, c := range all {
			ok = ok && c.OK
		}
		status, word := http.StatusOK, "ready\n"
		if !ok {
			status, word = http.StatusServiceUnavailable, "not ready\n"
			w.Header().Set("Retry-After", "2")
		}
		w.Header().Set("Cache-Control", "no-store")
		if !r.URL.Query().Has("verbose") {
			text(w, status, word)
			return
		}
		writeJSON(w, status, map[string]any{"ready": ok, "checks": all})
	}
}

func text(w http.ResponseWriter, status int, words string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(words)) // the only error is a client that has disconnected
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(value)
}

package server

import (
	"encoding/json"
	"net/http"
)

// Check is the state of one dependency of the service.
type Check struct {
	Name string `json:"name"`
	OK   bool   `json:"ok"`
	// Detail describes the state to an operator in a few words.
	Detail string `json:"detail,omitempty"`
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
	e.SetIndent("", "  ")
	_ = e.Encode(value)
}

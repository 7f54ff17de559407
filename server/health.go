package server

import (
	"encoding/json"
	"net/http"
)

// Check is one thing that the service needs in order to answer.
type Check struct {
	Name string `json:"name"`
	OK   bool   `json:"ok"`
	// Detail says how it is doing, in a few words for an operator.
	Detail string `json:"detail,omitempty"`
}

// live answers as long as the process runs.
func live(w http.ResponseWriter, _ *http.Request) { text(w, http.StatusOK, "ok\n") }

// ready answers whether operations can be answered now; with ?verbose it lists the checks.
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
	_, _ = w.Write([]byte(words)) // an error is the client's going away
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	_ = e.Encode(value)
}

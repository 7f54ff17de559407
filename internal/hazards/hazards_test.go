package hazards

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Catches: a case that passes with any answer.
func TestWhatIsWrongIsFound(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Length", r.Header.Get("Content-Length"))
		w.WriteHeader(http.StatusTeapot)
		_, _ = w.Write([]byte(`{"errors": [{"extensions": {"code": "TEAPOT"}}]}`))
	}))
	defer s.Close()
	address := strings.TrimPrefix(s.URL, "http://")
	for expected, fault := range map[string]string{
		"< 418 TEAPOT": "",
		"< 418 TEAPOT\n< X-Length: 10\n< X-Other:\n< contains TEA\n< lacks COFFEE\n< at most 100\n< within 5s": "",
		"< 200 TEAPOT":                    "status 418, not 200",
		"< 418 COFFEE":                    "no code COFFEE",
		"< 418 TEAPOT\n< X-Length: 11":    `X-Length is "10", not "11"`,
		"< 418 TEAPOT\n< X-Length:":       `X-Length is "10", not ""`,
		"< 418 TEAPOT\n< contains COFFEE": `lacks "COFFEE"`,
		"< 418 TEAPOT\n< lacks TEA":       `has "TEA"`,
		"< 418 TEAPOT\n< at most 10":      "larger than 10",
		"< 418 TEAPOT\n< within 1ns":      "no answer",
	} {
		c, err := read("# A case.\n> POST /\n>\n> {{repeat \"ab\" 4}}{{hex \"63 64\"}}\n" + expected)
		if err != nil {
			t.Fatal(err)
		}
		faults := strings.Join(c.play(address), "; ")
		if fault == "" && faults != "" || !strings.Contains(faults, fault) {
			t.Errorf("%s: %s", expected, faults)
		}
	}
	for _, broken := range []string{"", "> GET /", "< 200", "> GET /\n< OK", "> GET /\n< 200\n< nonsense", "? GET /", "> GET {{repeat}}\n< 200"} {
		if _, err := read(broken); err == nil {
			t.Errorf("accepted as a case: %q", broken)
		}
	}
}

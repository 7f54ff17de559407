package dgraph

import (
	"slices"
	"strings"
	"testing"

	"masar"
)

// Catches: a misread address, a wrong one that is accepted, and an error that reveals the password.
func TestParseURL(t *testing.T) {
	for _, c := range []struct {
		url            string
		hosts          []string // none if the URL is wrong
		user, password string
		security       string
	}{
		{"dgraph://localhost:9080", []string{"localhost:9080"}, "", "", "insecure"},
		{"dgraph://localhost:9080/", []string{"localhost:9080"}, "", "", "insecure"},
		{"dgraph://a.example:9080,b.example:9081", []string{"a.example:9080", "b.example:9081"}, "", "", "insecure"},
		{"dgraph://[::1]:9080", []string{"[::1]:9080"}, "", "", "insecure"},
		{"dgraph://ann:s3cret@h:1", []string{"h:1"}, "ann", "s3cret", "insecure"},
		{"dgraph://ann@h:1", []string{"h:1"}, "ann", "", "insecure"},
		{"dgraph://a%40b:s%3A%2F%3F3cret@h:1", []string{"h:1"}, "a@b", "s:/?3cret", "insecure"},
		{"dgraph://ann:s3@cret@h:1", []string{"h:1"}, "ann", "s3@cret", "insecure"},
		{"dgraph://ann:s3:cret@h:1", []string{"h:1"}, "ann", "s3:cret", "insecure"},
		{"dgraph://h:1?sslmode=disable", []string{"h:1"}, "", "", "insecure"},
		{"dgraph://h:1?sslmode=require", []string{"h:1"}, "", "", "tls"},
		{"dgraph://h:1?sslmode=verify-ca", []string{"h:1"}, "", "", "tls"},

		{url: ""},
		{url: "localhost:9080"},
		{url: "http://localhost:8080"},
		{url: "DGRAPH://localhost:9080"},
		{url: "dgraph://"},
		{url: "dgraph:///"},
		{url: "dgraph://localhost"},
		{url: "dgraph://localhost:"},
		{url: "dgraph://:9080"},
		{url: "dgraph://localhost:http"},
		{url: "dgraph://localhost:0"},
		{url: "dgraph://localhost:99999"},
		{url: "dgraph://localhost:-1"},
		{url: "dgraph://::1:9080"},
		{url: "dgraph://[::1]"},
		{url: "dgraph://a:1,"},
		{url: "dgraph://a:1,,b:2"},
		{url: "dgraph://a:1/path"},
		{url: "dgraph://a b:1"},
		{url: "dgraph://a:1?sslmode=maybe"},
		{url: "dgraph://a:1?sslmode=verify-ca&x=y"},
		{url: "dgraph://a:1?%zz"},
		{url: "dgraph://ann:s3cret@h"},
		{url: "dgraph://ann:s3cret@h:1?sslmode=s3cret"},
		{url: "dgraph://ann:s3cret%zz@h:1"},
		{url: "dgraph://:s3cret@h:1"},
		{url: "dgraph://ann:s3cret:1"},
		{url: "dgraph://ann:s?3cret@h:1"},
		{url: "http://ann:s3cret@h:1"},
	} {
		a, err := parseURL(c.url)
		if c.hosts == nil {
			if masar.ErrorCode(err) != masar.CodeBadInput || !strings.Contains(err.Error(), "form=dgraph://") {
				t.Errorf("%q: %v, want %s", c.url, err, masar.CodeBadInput)
			}
			if err != nil && strings.Contains(err.Error(), "3cret") {
				t.Errorf("%q: the error contains the password: %v", c.url, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", c.url, err)
			continue
		}
		security := a.credentials().Info().SecurityProtocol
		if !slices.Equal(a.hosts, c.hosts) || a.user != c.user || a.password != c.password || security != c.security {
			t.Errorf("%q is read as %+v with %s", c.url, a, security)
		}
	}
}

// Catches: a URL that makes parseURL panic.
func FuzzParseURL(f *testing.F) {
	f.Add("dgraph://user:password@host:9080,host2:9080?sslmode=require")
	f.Fuzz(func(t *testing.T, url string) {
		a, err := parseURL(url)
		if (err == nil) != (len(a.hosts) > 0) {
			t.Errorf("%q: %d hosts, %v", url, len(a.hosts), err)
		}
	})
}

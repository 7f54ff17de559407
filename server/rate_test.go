package server

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"masar/operations"
)

// askFrom sends an operation from an address. It returns the headers of the answer and whether the operation was
// admitted.
func (s service) askFrom(address string) (http.Header, bool) {
	request := httptest.NewRequest("GET", "/graphql?query={field}", nil)
	request.RemoteAddr = netip.AddrPortFrom(netip.MustParseAddr(address), 4711).String()
	w := s.sendRequest(request)
	return w.Header(), w.Code == http.StatusOK
}

// Catches: a client that exceeds its rate, a client charged for another's requests, and wrong RateLimit headers.
func TestRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		answered := func(context.Context) error { return nil }
		s := newService(t, answered, func(o *settings) { o.run.Rate = operations.Rate{Requests: 3, Per: time.Minute} })
		for left := 2; left >= 0; left-- {
			header, ok := s.askFrom("203.0.113.9")
			if want := fmt.Sprintf(`"client";r=%d;t=%d`, left, 60-20*left); !ok || header.Get("RateLimit") != want {
				t.Errorf("%d left: %t, %s", left, ok, header.Get("RateLimit"))
			}
		}
		header, ok := s.askFrom("203.0.113.9")
		if ok || header.Get("Retry-After") != "20" || header.Get("RateLimit") != `"client";r=0;t=60` || header.Get("RateLimit-Policy") != `"client";q=3;w=60` {
			t.Errorf("one more: %t, %v", ok, header)
		}
		time.Sleep(20 * time.Second)
		if _, ok := s.askFrom("203.0.113.9"); !ok {
			t.Error("refused after the time in Retry-After")
		}
		if _, ok := s.askFrom("203.0.113.10"); !ok {
			t.Error("another client is refused")
		}
		for i := range 3 {
			s.askFrom(fmt.Sprintf("2001:db8:1:2::%x", i))
		}
		if _, ok := s.askFrom("2001:db8:1:2::ffff"); ok {
			t.Error("addresses of one IPv6 network count as several clients")
		}
		unbounded := func(s service, address string) {
			for range 10 {
				header, ok := s.askFrom(address)
				if !ok || header.Get("RateLimit") != "" || header.Get("RateLimit-Policy") != "" || header.Get("Retry-After") != "" {
					t.Errorf("%s: %t, %v", address, ok, header)
				}
			}
		}
		unbounded(s, "127.0.0.1")
		unbounded(newService(t, answered), "203.0.113.9")
	})
}

// Catches: an operation whose cost is not charged or does not show in the headers.
func TestCostIsCharged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newService(t, nil, func(o *settings) {
			schema := gqlparser.MustLoadSchema(&ast.Source{Input: "directive @cost(weight: Int!) on FIELD_DEFINITION type Query { field: String @cost(weight: 1999) }"})
			o.run.Schema = fake{schema, func(context.Context) error { return nil }}
			o.run.Rate = operations.Rate{Requests: 3, Per: time.Minute}
		})
		header, ok := s.askFrom("203.0.113.9")
		if got := header.Get("RateLimit"); !ok || got != `"client";r=1;t=40` {
			t.Errorf("after a costly operation: %t, %s", ok, got)
		}
	})
}

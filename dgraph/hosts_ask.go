package dgraph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/dgraph-io/dgo/v230/protos/api"
)

// HostReport is the result of asking one host of Dgraph directly.
type HostReport struct {
	// Name is its host and port.
	Name string
	// Version is the version of its Dgraph.
	Version string
	// Latency is the shortest time of some small requests.
	Latency time.Duration
	// Leaders is the host's view of the cluster; nil if it is unknown.
	Leaders *Leaders
	// Err is the reason why the host does not answer; nil if it does.
	Err error
}

// Leaders are the addresses of the members of a cluster that lead it, as Dgraph names them. An address is empty if there
// is no leader.
type Leaders struct {
	// Zero leads the Zeros.
	Zero string
	// Alphas lead the groups of Alphas, by the number of the group.
	Alphas map[string]string
}

// Encryption is the encryption of the connections to Dgraph.
type Encryption int

// The kinds of encryption.
const (
	Plaintext  Encryption = iota // none
	Unverified                   // TLS, without a check of the server's certificate
	Verified                     // TLS
)

// Encryption returns the encryption of the connections to Dgraph.
func (s *Store) Encryption() Encryption {
	switch {
	case s.hosts.tls == nil:
		return Plaintext
	case s.hosts.tls.InsecureSkipVerify:
		return Unverified
	}
	return Verified
}

// askTimes is the number of requests that measure the latency of a host.
const askTimes = 3

// AskHosts asks each host of Dgraph directly, all at once. The context limits the time. It changes nothing.
func (s *Store) AskHosts(ctx context.Context) []HostReport {
	all := make([]HostReport, len(s.hosts.all))
	var asked sync.WaitGroup
	for i, o := range s.hosts.all {
		asked.Go(func() { all[i] = s.askHost(ctx, o) })
	}
	asked.Wait()
	return all
}

func (s *Store) askHost(ctx context.Context, o *host) HostReport {
	report := HostReport{Name: o.name}
	for range askTimes {
		began := time.Now()
		version, err := o.client.CheckVersion(ctx, &api.Check{})
		if err != nil {
			report.Err = unavailable(err)
			return report
		}
		report.Version = version.Tag
		if took := time.Since(began); report.Latency == 0 || took < report.Latency {
			report.Latency = took
		}
	}
	report.Leaders, _ = s.leaders(ctx, o) // unknown if its HTTP port cannot be reached from here
	return report
}

// httpOffset is the difference between the ports of an Alpha for gRPC and for HTTP.
const httpOffset = 9080 - 8080

// leaders asks a host by HTTP who leads the cluster. gRPC does not offer this.
func (s *Store) leaders(ctx context.Context, o *host) (*Leaders, error) {
	name, port, err := net.SplitHostPort(o.name)
	number, portErr := strconv.Atoi(port)
	if err := errors.Join(err, portErr); err != nil {
		return nil, err
	}
	scheme, transport := "http", &http.Transport{DisableKeepAlives: true}
	if s.hosts.tls != nil {
		scheme, transport.TLSClientConfig = "https", s.hosts.tls.Clone()
	}
	url := scheme + "://" + net.JoinHostPort(name, strconv.Itoa(number-httpOffset)) + "/state"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	if s.hosts.login != nil {
		req.Header.Set("X-Dgraph-AccessToken", s.hosts.login.current())
	}
	resp, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	return readLeaders(body)
}

// readLeaders reads the state of a cluster, as Dgraph describes it.
func readLeaders(state []byte) (*Leaders, error) {
	type members map[string]struct {
		Addr   string `json:"addr"`
		Leader bool   `json:"leader"`
	}
	var answer struct {
		Groups map[string]struct {
			Members members `json:"members"`
		} `json:"groups"`
		Zeros members `json:"zeros"`
	}
	if err := json.Unmarshal(state, &answer); err != nil {
		return nil, err
	}
	if len(answer.Zeros) == 0 {
		return nil, fmt.Errorf("no state of a cluster: %.200s", state)
	}
	leader := func(all members) string {
		for _, m := range all {
			if m.Leader {
				return m.Addr
			}
		}
		return ""
	}
	leaders := &Leaders{Zero: leader(answer.Zeros), Alphas: map[string]string{}}
	for group, g := range answer.Groups {
		leaders.Alphas[group] = leader(g.Members)
	}
	return leaders, nil
}

package web_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dgraph-io/dgo/v230/protos/api"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"masar/dgraph/embedded"
	"masar/dgraph/embedded/embeddedtest"
	"masar/internal/masartest"
)

// attack is a request to Dgraph over HTTP.
type attack struct {
	What   string `json:"what"`
	Method string `json:"method"`
	Path   string `json:"path"`
	Type   string `json:"type"`
	Body   string `json:"body"`
}

// attacks read, write and erase the graph, end Dgraph, write files, and look at what it does. The last crashes the library
// with which it reads GraphQL.
var attacks = []attack{
	{"query", "POST", "/query", "application/dql", `{ q(func: has(xid), first: 1) { xid } }`},
	{"mutate", "POST", "/mutate?commitNow=true", "application/rdf", `{ set { _:x <xid> "TOPIC/stranger" . } }`},
	{"alter", "POST", "/alter", "text/plain", `{"drop_attr": "title_ar"}`},
	{"drop", "POST", "/alter", "text/plain", `{"drop_all": true}`},
	{"admin shutdown", "POST", "/admin", "application/json", `{"query": "mutation { shutdown { response { code } } }"}`},
	{"admin export", "POST", "/admin", "application/json", `{"query": "mutation { export(input: {destination: \"/tmp\"}) { response { code } } }"}`},
	{"GraphQL", "POST", "/graphql", "application/json", `{"query": "{ __typename }"}`},
	{"state", "GET", "/state", "", ""},
	{"debug", "GET", "/debug/pprof/heap", "", ""},
	{"variables", "GET", "/debug/vars", "", ""},
	{"metrics", "GET", "/metrics", "", ""},
	{"health", "GET", "/health", "", ""},
	{"remove a node", "GET", "/removeNode?id=1&group=1", "", ""},
	{"assign", "GET", "/assign?what=uids&num=100000", "", ""},
	{"crash", "POST", "/admin", "application/json",
		`{"query": "{__schema{types{...F}}} fragment F on __Type{name ofType{...F ofType{...F ofType{...F}}}}"}`},
}

// Catches: a port of Dgraph on which a page of another site, or a program without one of its certificates, can read,
// change or erase the graph, look at the process, or end it.
func TestNobodyElseIsLetIntoDgraph(t *testing.T) {
	service, server := masartest.Start(t), embeddedtest.Shared(t)
	before, restarts := everything(t, service), server.State().Restarts

	for name, security := range programs(t) {
		t.Run(name, func(t *testing.T) {
			for port, addr := range server.Ports() {
				tellHTTP(t, port, addr, security)
				tellGRPC(t, port, addr, security)
			}
		})
	}
	t.Run("plaintext after a request for the health", func(t *testing.T) {
		for port, addr := range server.Ports() {
			tellAfterHealth(t, port, addr)
		}
	})
	t.Run("a page of another site in Chromium", func(t *testing.T) { tellPage(t, server) })
	t.Run("Masar itself", func(t *testing.T) { isLetIn(t, server) })

	if state := server.State(); state.Phase != embedded.Ready || state.Restarts != restarts {
		t.Errorf("afterwards Dgraph is %+v", state)
	}
	if diff := cmp.Diff(before, everything(t, service)); diff != "" {
		t.Errorf("the graph has changed (-before +after):\n%s", diff)
	}
}

// everything is all that the graph holds, as JSON.
func everything(t *testing.T, service *masartest.Service) string {
	t.Helper()
	all, err := service.Store.Everything(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// programs are the ways in which a program without a certificate of this Dgraph can try; nil is plaintext.
func programs(t *testing.T) map[string]*tls.Config {
	t.Helper()
	return map[string]*tls.Config{
		"plaintext":                          nil,
		"TLS without a certificate":          {InsecureSkipVerify: true},
		"TLS with a certificate of another":  {InsecureSkipVerify: true, Certificates: []tls.Certificate{strangeCertificate(t)}},
		"TLS with that of another Dgraph":    strangeTLS(t),
		"TLS 1.2 without a certificate":      {InsecureSkipVerify: true, MaxVersion: tls.VersionTLS12},
		"TLS with a certificate of a server": {InsecureSkipVerify: true, GetClientCertificate: serverCertificate(t)},
	}
}

// strangeCertificate is signed by an authority that has the name of Dgraph's, and another key.
func strangeCertificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	authority := embeddedtest.Shared(t).TLS().Certificates[0].Leaf.Issuer
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: authority, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Unix(0, 0), NotAfter: time.Now().Add(time.Hour), ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}
}

// strangeTLS is what lets into another Dgraph that a masar has started.
func strangeTLS(t *testing.T) *tls.Config {
	t.Helper()
	config := embeddedtest.Start(t).TLS()
	config.InsecureSkipVerify = true
	return config
}

// serverCertificate gives the certificate that Dgraph shows, without its key, as anybody can see it.
func serverCertificate(t *testing.T) func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
	t.Helper()
	conn, err := tls.Dial("tcp", embeddedtest.Shared(t).HTTPAddr(), embeddedtest.Shared(t).TLS())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	shown := conn.ConnectionState().PeerCertificates[0].Raw
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
		return &tls.Certificate{Certificate: [][]byte{shown}, PrivateKey: key}, nil
	}
}

// tlsOnly is what Go's servers say to plaintext where they speak TLS.
const tlsOnly = "Client sent an HTTP request to an HTTPS server.\n"

// refusal is how a request was refused; empty if it was answered.
func refusal(resp *http.Response, err error) string {
	if err != nil {
		return "no answer"
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode == http.StatusBadRequest && string(body) == tlsOnly {
		return "TLS only"
	}
	return ""
}

// tellHTTP sends all attacks to a port over HTTP, none of which may be answered.
func tellHTTP(t *testing.T, port, addr string, security *tls.Config) {
	scheme := "http"
	if security != nil {
		scheme = "https"
	}
	client := http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{TLSClientConfig: security, DisableKeepAlives: true}}
	refusals := map[string]int{}
	for _, a := range attacks {
		request, err := http.NewRequestWithContext(t.Context(), a.Method, scheme+"://"+addr+a.Path, strings.NewReader(a.Body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", a.Type)
		how := refusal(client.Do(request))
		if how == "" {
			t.Errorf("%s answers to %s", port, a.What)
		}
		refusals[how]++
	}
	t.Logf("%s, HTTP: %d requests refused %v", port, len(attacks), refusals)
}

// tellGRPC calls services of Dgraph at a port, none of which may be answered.
func tellGRPC(t *testing.T, port, addr string, security *tls.Config) {
	with := insecure.NewCredentials()
	if security != nil {
		with = credentials.NewTLS(security)
	}
	conn, err := grpc.NewClient(addr, grpc.WithTransportCredentials(with))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, method := range []string{"/api.Dgraph/Query", "/api.Dgraph/Alter", "/api.Dgraph/CheckVersion", "/pb.Zero/Connect", "/pb.Worker/ServeTask", "/pb.Raft/Heartbeat"} {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		err := conn.Invoke(ctx, method, &api.Request{Query: "{ q(func: has(xid), first: 1) { xid } }"}, &api.Response{})
		cancel()
		if code := status.Code(err); code != codes.Unavailable {
			t.Errorf("%s answers to %s: %v", port, method, err)
		}
	}
}

// tellAfterHealth asks for the health in plaintext, which Dgraph by itself would answer, and for more on the same connection.
func tellAfterHealth(t *testing.T, port, addr string) {
	conn, err := net.DialTimeout("tcp", addr, 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	answers := bufio.NewReader(conn)
	for i, path := range []string{"/health", "/health", "/state", "/debug/vars"} {
		if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path); err != nil {
			t.Logf("%s: closed before request %d", port, i+1)
			return
		}
		how := refusal(http.ReadResponse(answers, nil))
		if how == "" {
			t.Errorf("%s answers to %s in plaintext, as request %d of a connection", port, path, i+1)
		}
	}
}

// tellPage lets a page of another origin try, with and without TLS, and in all ways in which a page can.
func tellPage(t *testing.T, server *embedded.Server) {
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<!doctype html><title>another site</title>")
	}))
	defer page.Close()
	var ports []string
	for _, addr := range server.Ports() {
		ports = append(ports, strings.Replace(addr, "127.0.0.1", "localhost", 1), addr)
	}
	slices.Sort(ports)
	input, err := json.Marshal(map[string]any{"page": page.URL, "chromium": findChromium(t), "ports": ports, "attacks": attacks})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	node := exec.CommandContext(ctx, "node", "browser/attacker.mjs")
	node.Stdin = bytes.NewReader(input)
	out, err := node.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}

// isLetIn asks in the same ways with the certificate of this Dgraph: else the attacks might have gone to the wrong place.
func isLetIn(t *testing.T, server *embedded.Server) {
	client := http.Client{Transport: &http.Transport{TLSClientConfig: server.TLS(), DisableKeepAlives: true}}
	for port, path := range map[string]string{"alpha HTTP": "/state", "zero HTTP": "/health"} {
		resp, err := client.Get("https://" + server.Ports()[port] + path)
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %v, %v", port, resp, err)
			continue
		}
		resp.Body.Close()
	}
	for port, method := range map[string]string{"alpha gRPC": "/api.Dgraph/CheckVersion", "alpha internal": "/pb.Raft/None", "zero gRPC": "/pb.Zero/None"} {
		conn, err := grpc.NewClient(server.Ports()[port], grpc.WithTransportCredentials(credentials.NewTLS(server.TLS())))
		if err != nil {
			t.Fatal(err)
		}
		err = conn.Invoke(t.Context(), method, &api.Check{}, &api.Version{})
		if code := status.Code(err); code != codes.OK && code != codes.Unimplemented {
			t.Errorf("%s: %v", port, err)
		}
		conn.Close()
	}
}

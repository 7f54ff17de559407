package check

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// site is a real HAProxy with the files of deploy/compose/proxy before a real masar.
type site struct {
	masar, https, plain string // addresses
	authority           *x509.CertPool
}

const siteName = "masar.example.org"

// haproxy returns the path of HAProxy.
func haproxy(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("./haproxy.sh").Output()
	if err != nil {
		t.Fatal("there is no HAProxy: ./haproxy.sh says how to install it")
	}
	return strings.TrimSpace(string(out))
}

// ownAddress is an address of this machine that is not loopback: for masar, clients on loopback have no rate.
func ownAddress(t *testing.T) string {
	t.Helper()
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && n.IP.IsGlobalUnicast() {
			return n.IP.String()
		}
	}
	return ""
}

func freePort(t *testing.T, host string) string {
	t.Helper()
	l, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// proxyEnvironment are the variables of the proxy's files.
func proxyEnvironment(https, plain, certificate string, services ...string) []string {
	env := append(os.Environ(), "PROXY_HTTPS="+https, "PROXY_HTTP="+plain, "PROXY_CERTIFICATE="+certificate)
	for i, s := range services {
		env = append(env, fmt.Sprintf("MASAR_%d=%s", i+1, s))
	}
	return env
}

func proxyFiles(backend string) []string {
	dir := filepath.Join(deploy, "compose", "proxy")
	return []string{"-f", filepath.Join(dir, "frontend.cfg"), "-f", filepath.Join(dir, backend)}
}

// Catches: files that HAProxy refuses or warns about.
func TestProxyFiles(t *testing.T) {
	certificate, _ := siteCertificate(t)
	for _, backend := range []string{"one.cfg", "cluster.cfg"} {
		check := exec.Command(haproxy(t), append([]string{"-c", "-dW"}, proxyFiles(backend)...)...)
		check.Env = proxyEnvironment("127.0.0.1:8443", "127.0.0.1:8081", certificate, "127.0.0.1:8080", "127.0.0.1:8082")
		if out, err := check.CombinedOutput(); err != nil || strings.Contains(string(out), "WARNING") {
			t.Errorf("%s: %v\n%s", backend, err, out)
		}
	}
}

// siteCertificate makes the certificate of the site, as the file that HAProxy reads.
func siteCertificate(t *testing.T) (path string, authority *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: siteName}, DNSNames: []string{siteName},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	content := append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})...)
	path = filepath.Join(t.TempDir(), "site.pem")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	authority = x509.NewCertPool()
	authority.AppendCertsFromPEM(content)
	return path, authority
}

// background starts a process that ends with the test, and shows what it said if the test fails.
func background(t *testing.T, c *exec.Cmd, said io.Writer) {
	t.Helper()
	var log bytes.Buffer
	if said == nil {
		said = io.Discard
	}
	c.Stdout, c.Stderr = io.MultiWriter(&log, said), io.MultiWriter(&log, said)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		_ = c.Wait()
		if t.Failed() {
			t.Logf("%s said:\n%s", filepath.Base(c.Path), &log)
		}
	})
}

// start starts masar with the included Dgraph, and HAProxy before it.
func start(t *testing.T) *site {
	t.Helper()
	certificate, authority := siteCertificate(t)
	host := ownAddress(t)
	if host == "" {
		host = "127.0.0.1"
	}
	s := &site{masar: freePort(t, "127.0.0.1"), https: freePort(t, host), plain: freePort(t, host), authority: authority}
	background(t, exec.Command(masar(t), "serve", "--data-dir", t.TempDir(), "--listen", s.masar, "--public-url", "https://"+siteName,
		"--rate", "600/min", "--chromium", "none", "--drain-delay", "0s"), nil)
	proxy := exec.Command(haproxy(t), append([]string{"-db"}, proxyFiles("one.cfg")...)...)
	proxy.Env = proxyEnvironment(s.https, s.plain, certificate, s.masar)
	background(t, proxy, nil)
	for began := time.Now(); ; time.Sleep(200 * time.Millisecond) {
		answer, err := s.send("GET", "/readyz", nil)
		if err == nil && answer.StatusCode == http.StatusOK {
			return s
		}
		if time.Since(began) > 2*time.Minute {
			t.Fatalf("masar is not ready behind the proxy: %v %v", answer, err)
		}
	}
}

// send sends a request through the proxy, with header lines as they are, by HTTP/1.1.
func (s *site) send(method, target string, lines []string) (*http.Response, error) {
	dialer := tls.Dialer{Config: &tls.Config{RootCAs: s.authority, ServerName: siteName}}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	c, err := dialer.DialContext(ctx, "tcp", s.https)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	return exchange(c, method, target, siteName, lines)
}

// exchange sends a request over a connection and returns the answer without its body.
func exchange(c net.Conn, method, target, host string, lines []string) (*http.Response, error) {
	if err := c.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return nil, err
	}
	request := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: %s\r\n", method, target, host)
	for _, line := range append(lines, "") {
		request += line + "\r\n"
	}
	if _, err := io.WriteString(c, request); err != nil {
		return nil, err
	}
	return http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
}

// question is a cheap operation; the number keeps it from being a kept answer of another.
func question(n int) string { return fmt.Sprintf("/graphql?query=%%7Bsnapshot%%7D&n=%d", n) }

var remaining = regexp.MustCompile(`r=(\d+)`)

// left returns how many requests the client has left; -1 if its answers have no rate, as for clients on the same machine.
func left(t *testing.T, answer *http.Response) int {
	t.Helper()
	header := answer.Header.Get("RateLimit")
	if header == "" {
		return -1
	}
	n, err := strconv.Atoi(remaining.FindStringSubmatch(header)[1])
	if err != nil {
		t.Fatal(header)
	}
	return n
}

// forged are header lines by which a client might claim to be another one, or to be on masar's own machine.
var forged = [][]string{
	{"X-Forwarded-For: 203.0.113.1"},
	{"X-Forwarded-For: 203.0.113.2", "X-Forwarded-For: 203.0.113.3"},
	{"X-Forwarded-For: 127.0.0.1"},
	{"x-forwarded-for: 203.0.113.4, 127.0.0.1"},
	{"Forwarded: for=203.0.113.5"},
	{"Forwarded: for=127.0.0.1;proto=https"},
	{"X-Real-IP: 203.0.113.6"},
	{"X-Real-IP: 127.0.0.1", "Forwarded: for=127.0.0.1", "X-Forwarded-For: 127.0.0.1"},
	{"X-Forwarded-For: 203.0.113.7", "Connection: X-Forwarded-For"},
	{"Connection: close, X-Forwarded-For, Forwarded"},
	{"X-Forwarded-For:\t203.0.113.8"},
	{"X_Forwarded_For: 203.0.113.9"},
	{"X-Forwarded-Host: evil.example", "X-Forwarded-Proto: http"},
}

// Catches: a proxy that passes on what clients say about themselves, so that they escape their rate or count as local.
func TestForgedHeaders(t *testing.T) {
	s := start(t)
	t.Run("masar believes its proxy", func(t *testing.T) { // without this the other subtests could not fail
		for i, lines := range [][]string{{"X-Forwarded-For: 198.51.100.1"}, {"X-Forwarded-For: 198.51.100.2"}} {
			c, err := net.Dial("tcp", s.masar)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			answer, err := exchange(c, "GET", question(i), "localhost", lines)
			if err != nil || answer.StatusCode != http.StatusOK || left(t, answer) < 598 {
				t.Errorf("%v: %v %v", lines, answer, err)
			}
		}
	})
	t.Run("a client counts as one, whatever it says", func(t *testing.T) {
		ask := func(n int, lines []string) int {
			t.Helper()
			answer, err := s.send("GET", question(n), lines)
			if err != nil || answer.StatusCode != http.StatusOK {
				t.Fatalf("%v: %v %v", lines, answer, err)
			}
			return left(t, answer)
		}
		const used = 40 // so that a client that is taken for another one has clearly more left
		before := 0
		for n := range used {
			before = ask(100+n, nil)
		}
		if local := before == -1; local != strings.HasPrefix(s.https, "127.") {
			t.Fatalf("a client at %s has %d requests left", s.https, before)
		}
		for i, lines := range forged {
			after := ask(200+i, lines)
			if before == -1 {
				if after != -1 { // this machine has no other address: the client is local, and must stay so
					t.Errorf("%q makes the client another one, with %d requests left", lines, after)
				}
				continue
			}
			if after == -1 || after > before+used/2 { // the rate gives back ten requests a second
				t.Errorf("%q makes the client another one, with %d requests left after %d", lines, after, before)
			}
		}
	})
	t.Run("the metrics are not for clients", func(t *testing.T) {
		for _, lines := range append(forged, nil) {
			if strings.HasPrefix(s.https, "127.") {
				break // this client is local indeed
			}
			if answer, err := s.send("GET", "/metrics", lines); err != nil || answer.StatusCode != http.StatusForbidden {
				t.Errorf("%q: %v %v", lines, answer, err)
			}
		}
	})
	t.Run("plain HTTP leads to HTTPS", func(t *testing.T) {
		c, err := net.Dial("tcp", s.plain)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		answer, err := exchange(c, "GET", "/en/", siteName, nil)
		if err != nil || answer.StatusCode != http.StatusPermanentRedirect || answer.Header.Get("Location") != "https://"+siteName+"/en/" {
			t.Errorf("%v %v", answer, err)
		}
	})
	t.Run("other names are refused", func(t *testing.T) {
		c, err := tls.Dial("tcp", s.https, &tls.Config{RootCAs: s.authority, ServerName: siteName})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		answer, err := exchange(c, "GET", "/en/", "evil.example", []string{"X-Forwarded-Host: " + siteName})
		if err != nil || answer.StatusCode != http.StatusMisdirectedRequest {
			t.Errorf("%v %v", answer, err)
		}
	})
}

package embedded

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Visitor asks the running Dgraph of a data directory from another process. It changes nothing.
type Visitor struct {
	dataDir string
	ports   ports
	http    *http.Client
}

// Visit returns a visitor of the Dgraph that runs on a data directory. It reads the ports and the certificates.
func Visit(dataDir string) (*Visitor, error) {
	dir, err := filepath.Abs(filepath.Join(dataDir, "dgraph"))
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, portsFile)
	p, ok := readPorts(file)
	if !ok {
		return nil, fmt.Errorf("%s cannot be read", file)
	}
	config, err := clientTLS(filepath.Join(dir, certificateDir))
	if err != nil {
		return nil, err
	}
	return &Visitor{dataDir: filepath.Dir(dir), ports: p, http: clientOf(config)}, nil
}

// Answer is the result of asking a process of Dgraph for its health.
type Answer struct {
	// Name is "zero" or "alpha".
	Name string
	// Took is the time until the answer.
	Took time.Duration
	// Err is the reason why there is no answer; nil if there is one.
	Err error
	// Hung reports that the process keeps its port open and does not answer.
	Hung bool
}

// visits is the number of times that a process is asked before it counts as hung. A busy one can miss an answer.
const visits = 3

// Ask asks both processes for their health. It takes at most six seconds.
func (v *Visitor) Ask(ctx context.Context) []Answer {
	all := []Answer{{Name: "zero"}, {Name: "alpha"}}
	var asked sync.WaitGroup
	for i, addr := range []string{v.ports.zeroHTTP(), v.ports.alphaHTTP()} {
		asked.Go(func() {
			began := time.Now()
			for range visits {
				all[i].Err = v.ask(ctx, addr)
				if all[i].Hung = errors.Is(all[i].Err, context.DeadlineExceeded); !all[i].Hung {
					break
				}
			}
			all[i].Took = time.Since(began)
		})
	}
	asked.Wait()
	return all
}

func (v *Visitor) ask(ctx context.Context, addr string) error {
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	_, err := get(ctx, v.http, addr, "/health")
	return err
}

// Compare compares a snapshot of the graph, and the id of this Dgraph, with the marker of the data directory. If the
// marker records data that is missing, the error is a [*DamageError].
func (v *Visitor) Compare(ctx context.Context, m Marker, snapshot int64) error {
	cluster, err := clusterID(ctx, v.http, v.ports)
	if err != nil {
		return err
	}
	return m.compare(v.dataDir, cluster, snapshot)
}

// Unprotected returns the ports that answer a client without a certificate, each with its name and address.
func (v *Visitor) Unprotected(ctx context.Context) []string {
	all := v.ports.named()
	names := slices.Sorted(maps.Keys(all))
	var mu sync.Mutex
	var open []string
	var asked sync.WaitGroup
	for _, name := range names {
		for _, answers := range []func(context.Context, string) bool{answersTLS, answersPlain} {
			asked.Go(func() {
				if answers(ctx, all[name]) {
					mu.Lock()
					defer mu.Unlock()
					open = append(open, name+" at "+all[name])
				}
			})
		}
	}
	asked.Wait()
	slices.Sort(open)
	return slices.Compact(open)
}

// strangerTime limits the conversation of a client without a certificate with one port.
const strangerTime = 2 * time.Second

// answersTLS reports whether a server answers a client without a certificate. In TLS 1.3, a client learns only from the
// answer to its first request that its certificate was refused.
func answersTLS(ctx context.Context, addr string) bool {
	ctx, cancel := context.WithTimeout(ctx, strangerTime)
	defer cancel()
	dialer := &tls.Dialer{Config: &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}}
	conn, err := dialer.DialContext(ctx, "tcp", addr)
	if err != nil {
		return false
	}
	defer conn.Close()
	request := "GET /health HTTP/1.0\r\n\r\n"
	if encrypted, ok := conn.(*tls.Conn); ok && encrypted.ConnectionState().NegotiatedProtocol == "h2" {
		request = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00" // with empty settings
	}
	return converse(conn, request) != ""
}

// answersPlain reports whether a server answers a client without TLS. A server of HTTPS answers that only to say that it
// wants TLS.
func answersPlain(ctx context.Context, addr string) bool {
	ctx, cancel := context.WithTimeout(ctx, strangerTime)
	defer cancel()
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", addr)
	if err != nil {
		return false
	}
	defer conn.Close()
	answer := converse(conn, "GET /health HTTP/1.0\r\n\r\n")
	return strings.HasPrefix(answer, "HTTP/") && !strings.HasPrefix(answer, "HTTP/1.0 400 ")
}

// converse sends a request and returns the beginning of the answer; empty if there is none.
func converse(conn net.Conn, request string) string {
	if err := conn.SetDeadline(time.Now().Add(strangerTime)); err != nil {
		return ""
	}
	if _, err := conn.Write([]byte(request)); err != nil {
		return ""
	}
	var answer [64]byte
	n, err := conn.Read(answer[:])
	if err != nil && n == 0 {
		return ""
	}
	return string(answer[:n])
}

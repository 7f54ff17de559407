package dgraph

import (
	"crypto/tls"
	"net"
	"net/url"
	"strconv"
	"strings"

	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"

	"masar"
)

// address is a parsed dgraph:// URL.
type address struct {
	hosts          []string
	user, password string
	credentials    credentials.TransportCredentials
}

// parseURL reads dgraph://user:password@host:9080,host2:9080?sslmode=disable|require|verify-ca.
// No error contains the password.
func parseURL(raw string) (address, error) {
	bad := func(fault string) error {
		return masar.NewArgumentError(masar.CodeBadInput, "dgraph", "error.dgraph_url",
			masar.Args{"fault": masar.Phrase{Key: "error.dgraph_url." + fault}, "form": "dgraph://user:password@host:9080,host2:9080?sslmode=disable|require|verify-ca"})
	}
	rest, ok := strings.CutPrefix(raw, "dgraph://")
	if !ok {
		return address{}, bad("scheme")
	}
	rest, query, _ := strings.Cut(rest, "?")
	var a address
	if at := strings.LastIndex(rest, "@"); at >= 0 {
		user, password, _ := strings.Cut(rest[:at], ":")
		var err1, err2 error
		a.user, err1 = url.PathUnescape(user)
		a.password, err2 = url.PathUnescape(password)
		if err1 != nil || err2 != nil || a.user == "" {
			return address{}, bad("user")
		}
		rest = rest[at+1:]
	}
	for _, hostport := range strings.Split(strings.TrimSuffix(rest, "/"), ",") {
		host, port, err := net.SplitHostPort(hostport)
		if number, err2 := strconv.ParseUint(port, 10, 16); err != nil || err2 != nil || number == 0 || host == "" || strings.ContainsAny(host, "/ ") {
			return address{}, bad("host")
		}
		a.hosts = append(a.hosts, hostport)
	}
	options, err := url.ParseQuery(query)
	if err != nil {
		return address{}, bad("options")
	}
	for key := range options {
		if key != "sslmode" {
			return address{}, bad("option")
		}
	}
	switch options.Get("sslmode") {
	case "", "disable":
		a.credentials = insecure.NewCredentials()
	case "require": // encrypted, without verifying the certificate
		a.credentials = credentials.NewTLS(&tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12})
	case "verify-ca":
		a.credentials = credentials.NewTLS(&tls.Config{MinVersion: tls.VersionTLS12})
	default:
		return address{}, bad("sslmode")
	}
	return a, nil
}

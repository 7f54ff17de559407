package dgraph

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
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

// parseURL reads dgraph://user:password@host:9080,host2:9080?sslmode=disable|require|verify-ca. With TLS, sslrootcert names
// a file of the authorities that are trusted instead of the system's; sslcert and sslkey name those of the client's
// certificate. No error contains the password.
func parseURL(raw string) (address, error) {
	bad := func(fault string) *masar.Error {
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
		if !slices.Contains([]string{"sslmode", "sslrootcert", "sslcert", "sslkey"}, key) {
			return address{}, bad("option")
		}
	}
	config, err := certificates(options)
	if err != nil {
		return address{}, bad("certificate").Because(err)
	}
	switch options.Get("sslmode") {
	case "", "disable":
		a.credentials = insecure.NewCredentials()
	case "require": // encrypted, without verifying the certificate
		config.InsecureSkipVerify = true
		a.credentials = credentials.NewTLS(config)
	case "verify-ca":
		a.credentials = credentials.NewTLS(config)
	default:
		return address{}, bad("sslmode")
	}
	return a, nil
}

// certificates reads the files of certificates that the options of a URL name.
func certificates(options url.Values) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if file := options.Get("sslrootcert"); file != "" {
		authorities, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(authorities) {
			return nil, fmt.Errorf("%s has no certificate", file)
		}
	}
	if certificate, key := options.Get("sslcert"), options.Get("sslkey"); certificate != "" || key != "" {
		pair, err := tls.LoadX509KeyPair(certificate, key)
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}

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
	tls            *tls.Config // nil for none
}

// credentials returns the credentials of a connection by gRPC.
func (a address) credentials() credentials.TransportCredentials {
	if a.tls == nil {
		return insecure.NewCredentials()
	}
	return credentials.NewTLS(a.tls)
}

// urlForm is the form of a dgraph:// URL.
const urlForm = "dgraph://user:password@host:9080,host2:9080?sslmode=disable|require|verify-ca&sslrootcert=FILE&sslcert=FILE&sslkey=FILE"

// parseURL parses a dgraph:// URL of the form urlForm and reads the certificates that it names. No error contains the
// password.
func parseURL(raw string) (address, error) {
	bad := func(fault string) error {
		return masar.NewArgumentError(masar.CodeBadInput, "dgraph", "error.dgraph_url",
			masar.Args{"fault": masar.Phrase{Key: "error.dgraph_url." + fault}, "form": urlForm})
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
	var fault string
	a.tls, fault, err = encryption(options)
	switch {
	case fault != "":
		return address{}, bad(fault)
	case err != nil:
		return address{}, masar.NewArgumentError(masar.CodeBadInput, "dgraph", "error.dgraph_url.file", masar.Args{"cause": err.Error()})
	}
	return a, nil
}

// encryption is what the options say of TLS; nil for none. The names of the options are those of PostgreSQL. The fault is
// one of the options, the error that of a file.
func encryption(options url.Values) (config *tls.Config, fault string, err error) {
	root, certificate, key := options.Get("sslrootcert"), options.Get("sslcert"), options.Get("sslkey")
	config = &tls.Config{MinVersion: tls.VersionTLS12}
	switch options.Get("sslmode") {
	case "", "disable":
		if root+certificate+key != "" {
			return nil, "certificate", nil
		}
		return nil, "", nil
	case "require": // encrypted, without a check of the certificate
		if root != "" {
			return nil, "certificate", nil
		}
		config.InsecureSkipVerify = true
	case "verify-ca":
	default:
		return nil, "sslmode", nil
	}
	if (certificate == "") != (key == "") {
		return nil, "key", nil
	}
	if root != "" {
		if config.RootCAs, err = authorities(root); err != nil {
			return nil, "", err
		}
	}
	if certificate != "" {
		if _, err = tls.LoadX509KeyPair(certificate, key); err != nil {
			return nil, "", fmt.Errorf("%s and %s: %w", certificate, key, err)
		}
		// The files are read again for each connection, so that a renewed certificate needs no new start.
		config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			pair, err := tls.LoadX509KeyPair(certificate, key)
			return &pair, err
		}
	}
	return config, "", nil
}

// authorities reads the certificates of the authorities that are trusted.
func authorities(file string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s has no certificate in PEM", file)
	}
	return pool, nil
}

package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"

	"github.com/spf13/cobra"
)

func (a *app) readyCommand() *cobra.Command {
	var listen string
	c := &cobra.Command{
		Use:   "ready",
		Short: "Report whether a running service answers queries",
		Long: `Report whether a running service answers queries.

The command requests /readyz?verbose at the address of "masar serve" and prints
the answer. It is a health check for containers, and needs no shell. With the
environment of the service, it needs no flag: MASAR_LISTEN has the address.

The exit code is 0 if queries are answered, and 1 if they are not.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			host, err := ownAddress(listen)
			if err != nil {
				return err
			}
			return a.checkReady(cmd.Context(), host)
		},
	}
	c.Flags().StringVar(&listen, "listen", defaultListen, "address on which the service listens; of one that listens on all interfaces, loopback is asked")
	return c
}

// ownAddress returns the address at which this machine reaches a service that listens on an address.
func ownAddress(listen string) (string, error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil || port == "0" || port == "" {
		return "", usageError{fmt.Errorf("--listen %q is not the address of a service: give %s", listen, defaultListen)}
	}
	switch ip, _ := netip.ParseAddr(host); {
	case host == "", ip == netip.IPv4Unspecified():
		host = "127.0.0.1"
	case ip == netip.IPv6Unspecified():
		host = "::1"
	}
	return net.JoinHostPort(host, port), nil
}

// checkReady prints the checks of the service. The error says that it does not answer, or is not ready.
func (a *app) checkReady(ctx context.Context, host string) error {
	ctx, cancel := context.WithTimeout(ctx, reachTime)
	defer cancel()
	asked := url.URL{Scheme: "http", Host: host, Path: "/readyz", RawQuery: "verbose"}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, asked.String(), nil)
	if err != nil {
		return err
	}
	// A proxy from the environment would answer in place of the service.
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("no service answers at %s: start masar serve, or give its address with --listen (%w)", host, err)
	}
	defer func() { _ = answer.Body.Close() }()
	if _, err := io.Copy(a.out, io.LimitReader(answer.Body, 64<<10)); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the service at %s is not ready: /readyz answers %s", host, answer.Status)
	}
	return nil
}

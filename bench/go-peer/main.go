// Go's side of the figures: a plugin of packer-plugin-sdk whose components do next to nothing, a host that drives any
// such plugin, and the SDK's SSH communicator.
//
//	packer-plugin-gopeer describe | start KIND NAME
//	packer-plugin-gopeer host PLUGIN JOB AMOUNT
//	packer-plugin-gopeer ssh ADDRESS USER KEYFILE sftp|scp upload|download PATH BYTES
package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/hashicorp/packer-plugin-sdk/plugin"
	"github.com/hashicorp/packer-plugin-sdk/version"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 4 && args[0] == "host":
		log.SetOutput(io.Discard)
		return host(args[1], args[2], args[3])
	case len(args) == 8 && args[0] == "ssh":
		log.SetOutput(io.Discard)
		return overSSH(args[1:])
	case len(args) > 0 && (args[0] == "host" || args[0] == "ssh"):
		return errors.New("that needs other words; see the top of main.go")
	}
	set := plugin.NewSet()
	set.SetVersion(version.NewPluginVersion("1.0.0", "", ""))
	set.RegisterBuilder("noop", new(builder))
	set.RegisterProvisioner("noop", new(provisioner))
	set.RegisterProvisioner("jobs", new(jobs))
	set.RegisterPostProcessor("noop", new(postProcessor))
	set.RegisterDatasource("noop", new(datasource))
	return set.Run()
}

// Drives one component of a plugin with the client end of packer-plugin-sdk, as packer does, and prints what
// it saw as one JSON object:
//
//	go-host [-protobuf] [-cancel-on TEXT] [-run COMMAND] [-file FILE] KIND NAME PLUGIN < configuration.json
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
)

// script is what the host does of its own accord while a component runs.
type script struct {
	cancelOn string
	command  string
	file     string
}

func main() {
	log.SetOutput(io.Discard)
	protobuf := flag.Bool("protobuf", false, "exchange specs and values as protobuf and MessagePack, not gob")
	cancelOn := flag.String("cancel-on", "", "cancel the run when the plugin says this")
	command := flag.String("run", "", "what the provisioners run through the plugin's communicator")
	file := flag.String("file", "", "the file of the artifact that a post-processor gets")
	flag.Parse()
	script := script{cancelOn: *cancelOn, command: *command, file: *file}
	if err := probe(*protobuf, script, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func probe(protobuf bool, script script, args []string) error {
	if len(args) != 3 {
		return errors.New("say a kind, a name and a plugin file")
	}
	configuration, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	process, err := start(args[2], args[0], args[1], protobuf)
	if err != nil {
		return err
	}
	defer process.kill()
	var seen any
	switch args[0] {
	case "builder":
		seen, err = probeBuilder(process.client.Builder(), configuration, script)
	case "provisioner":
		seen, err = probeProvisioner(process.client.Provisioner(), configuration, script)
	case "post-processor":
		seen, err = probePostProcessor(process.client.PostProcessor(), configuration, script)
	case "datasource":
		seen, err = probeDatasource(process.client.Datasource(), configuration)
	default:
		err = fmt.Errorf("no kind %q", args[0])
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(seen)
}

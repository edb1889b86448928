// A plugin in Go with a component of each kind, which interop/ts-lab has in TypeScript: packer does the same with
// both, and its user reads the same.
package main

import (
	"fmt"
	"os"

	"github.com/hashicorp/packer-plugin-sdk/plugin"
	"github.com/hashicorp/packer-plugin-sdk/version"
)

func main() {
	set := plugin.NewSet()
	set.SetVersion(version.NewPluginVersion("1.0.0", "", ""))
	set.RegisterBuilder("machine", new(builder))
	set.RegisterProvisioner("task", new(provisioner))
	set.RegisterPostProcessor("wrap", new(postProcessor))
	set.RegisterDatasource("facts", new(datasource))
	if err := set.Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

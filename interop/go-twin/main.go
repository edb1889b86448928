// A plugin in Go whose builder does what that of examples/tarball does in TypeScript, for figures side by side; its
// other components use all of the plugin wire, for tests against Go's own end of it.
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
	set.RegisterBuilder("image", new(builder))
	set.RegisterProvisioner("tour", new(provisioner))
	set.RegisterPostProcessor("wrap", new(postProcessor))
	set.RegisterDatasource("listing", new(datasource))
	if err := set.Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

export type * from './components.ts'
export { type DescribeOptions, describePlugin } from './host/describe-plugin.ts'
export { type GoTarget, goTarget } from './host/go-target.ts'
export { PluginError, type PluginErrorCode } from './host/plugin-error.ts'
export { type Environment, PluginFolderError, pluginFolder } from './host/plugin-folder.ts'
export type { PluginDescription } from './host/read-description.ts'
export {
  type RunningBuilder,
  type RunningDatasource,
  type RunningPlugin,
  type RunningPostProcessor,
  type RunningProvisioner,
  type StartOptions,
  startPlugin,
} from './host/start-plugin.ts'
export { connectInProcess, type InProcessOptions, type InProcessPlugin } from './in-process.ts'
export { DEFAULT_COMPONENT, type PluginSet } from './plugin/plugin-set.ts'
export { type ServeOptions, servePlugin } from './plugin/serve-plugin.ts'
export { RemoteError } from './remote-error.ts'
export type * from './spec/hcl-spec.ts'
export { WireError, type WireErrorCode } from './wire-error.ts'

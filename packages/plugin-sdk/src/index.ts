export { DEFAULT_COMPONENT } from '@ingot/plugin-rpc'
export type { Images } from './artifact/metadata.ts'
export {
  type Build,
  type BuilderComponent,
  type BuilderDefinition,
  type BuildResult,
  defineBuilder,
  type Outcome,
  type ProvisionArguments,
  type ProvisionCall,
} from './builder/definition.ts'
export { BundleError, type BundleErrorCode } from './bundle/bundle-error.ts'
export {
  bundleExecutable,
  type Executable,
  type ExecutableOptions,
  type ExecutableTarget,
} from './bundle/bundle-executable.ts'
export { type Bundle, type BundleOptions, bundlePlugin } from './bundle/bundle-plugin.ts'
export { CacheFolderError, cachePath } from './cache/cache-path.ts'
export { type CheckOptions, checkPlugin, type PluginReport } from './check/check-plugin.ts'
export type { PluginFinding } from './check/plugin-finding.ts'
export {
  createSshKeyPair,
  type SshKeyPair,
  type SshKeyPairOptions,
  type SshKeyType,
} from './communicator/connect/ssh-key-pair.ts'
export { stepCleanupTempKeys } from './communicator/connect/step-cleanup-temp-keys.ts'
export { type ConnectOptions, stepConnect } from './communicator/connect/step-connect.ts'
export { stepDumpSshKey } from './communicator/connect/step-dump-ssh-key.ts'
export { stepSshKeyGen } from './communicator/connect/step-ssh-key-gen.ts'
export { type LocalShellOptions, localShell } from './communicator/local-shell.ts'
export {
  type Content,
  DISCONNECTED,
  type DirectoryOptions,
  type ExecOptions,
  type ExecResult,
  OUTPUT_LIMIT,
  OutputTooLongError,
  type RemoteMachine,
  type UploadOptions,
} from './communicator/remote-machine.ts'
export {
  type CommunicatorConfig,
  type CommunicatorOptions,
  type CommunicatorType,
  communicatorConfig,
} from './communicator/settings/communicator-config.ts'
export {
  type SshBastion,
  type SshLogin,
  type SshProxy,
  type SshSettings,
  sshSettings,
} from './communicator/settings/ssh-settings.ts'
export type { Tunnel } from './communicator/settings/tunnel.ts'
export {
  connectSsh,
  SSH_HANDSHAKE_ATTEMPTS,
  SSH_RETRY_DELAY,
  SSH_TIMEOUT,
  type SshConnectOptions,
} from './communicator/ssh/connect-ssh.ts'
export { SshError, type SshErrorCode } from './communicator/ssh/ssh-error.ts'
export type { SshMachine } from './communicator/ssh/ssh-machine.ts'
export { CONNECT_TIMEOUT, HANDSHAKE_TIMEOUT } from './communicator/ssh/timeouts.ts'
export {
  connectWinRM,
  WINRM_RETRY_DELAY,
  WINRM_TIMEOUT,
  type WinRMConnectOptions,
} from './communicator/winrm/connect-winrm.ts'
export { type WinRMSettings, winRMSettings } from './communicator/winrm/settings.ts'
export { WinRMError, type WinRMErrorCode, type WinRMFault } from './communicator/winrm/winrm-error.ts'
export { ABORT_GRACE, ABORT_PATIENCE } from './component/abort-grace.ts'
export type { Render } from './component/author-run.ts'
export { PREPARE_LIMIT, type PrepareCall } from './component/prepared-config.ts'
export { type ConfigInput, type ConfigOf, type ConfigSchema, config } from './config/config.ts'
export { ConfigError, type ConfigProblem } from './config/config-error.ts'
export { renderConfigDocs } from './config/docs.ts'
export type { Duration } from './config/duration.ts'
export type { PackerSettings } from './config/packer-settings.ts'
export {
  type DatasourceCall,
  type DatasourceComponent,
  type DatasourceDefinition,
  defineDatasource,
} from './datasource/definition.ts'
export { type DevEvent, type DevOptions, devPlugin } from './dev/dev-plugin.ts'
export { DocsError } from './docs/docs-error.ts'
export { type DocsPage, renderPluginDocs } from './docs/render-plugin-docs.ts'
export { type DocsOptions, type DocsOutcome, pluginDocs, writePluginDocs } from './docs/write-plugin-docs.ts'
export { CancelledError } from './errors/cancelled-error.ts'
export { DefinitionError } from './errors/definition-error.ts'
export { InstallError, type InstallErrorCode } from './install/install-error.ts'
export { type InstalledPlugin, type InstallOptions, installPlugin } from './install/install-plugin.ts'
export { definePlugin, type Plugin, type PluginDefinition } from './plugin/define-plugin.ts'
export { serve } from './plugin/serve.ts'
export {
  type DerivedArtifact,
  definePostProcessor,
  type InputArtifact,
  type NewArtifact,
  type PostProcessorComponent,
  type PostProcessorDefinition,
  type Processing,
  type ProcessResult,
} from './post-processor/definition.ts'
export {
  defineProvisioner,
  type ProvisionerComponent,
  type ProvisionerDefinition,
  type Provisioning,
} from './provisioner/definition.ts'
export { DEFAULT_PLATFORMS } from './release/platforms.ts'
export { ReleaseError, type ReleaseErrorCode } from './release/release-error.ts'
export {
  type Release,
  type ReleaseFile,
  type ReleaseOptions,
  releasePlugin,
} from './release/release-plugin.ts'
export { type BootAction, type KeyAction, parseBootCommand } from './steps/boot/boot-command.ts'
export { type BootConfig, bootConfig, vncConfig } from './steps/boot/boot-config.ts'
export type { BootKey } from './steps/boot/boot-keys.ts'
export { type BootKeyboard, type TypingOptions, typeBootCommand } from './steps/boot/type-boot-command.ts'
export { type CdConfig, cdConfig } from './steps/cd/cd-config.ts'
export { CdError } from './steps/cd/make-iso.ts'
export { stepCreateCd } from './steps/cd/step-create-cd.ts'
export { DownloadError, type DownloadErrorCode } from './steps/download/download-error.ts'
export { type IsoConfig, isoConfig, isoDownload, isoWarnings } from './steps/download/iso-config.ts'
export { type DownloadOptions, stepDownload } from './steps/download/step-download.ts'
export { FileMissingError } from './steps/files/listed-files.ts'
export { type FloppyConfig, floppyConfig } from './steps/floppy/floppy-config.ts'
export { FloppyError } from './steps/floppy/floppy-image.ts'
export { stepCreateFloppy } from './steps/floppy/step-create-floppy.ts'
export { putData } from './steps/generated-data.ts'
export { NoFreePortError } from './steps/http/free-port.ts'
export { type HttpConfig, httpConfig } from './steps/http/http-config.ts'
export { InterfaceError } from './steps/http/listen-address.ts'
export { stepHttpServer } from './steps/http/step-http-server.ts'
export { OutputDirError, stepOutputDir } from './steps/output/step-output-dir.ts'
export { HaltedError, runSteps, type StepsBuild } from './steps/run-steps.ts'
export { type ShutdownConfig, shutdownConfig } from './steps/shutdown/shutdown-config.ts'
export { ShutdownError, type ShutdownOptions, stepShutdown } from './steps/shutdown/step-shutdown.ts'
export { MissingStateError, type StateBag, stateBag } from './steps/state-bag.ts'
export { type Step, type StepResult, stepName } from './steps/step.ts'
export { stepProvision } from './steps/step-provision.ts'
export type { PauseFunction, PauseMoment, StepState } from './steps/step-state.ts'
export { when } from './steps/when.ts'
export type { TemplateContext, TemplateFunction } from './template/context.ts'
export { TEMPLATE_DEPTH_LIMIT } from './template/parse.ts'
export { RENDER_LIMIT, RENDER_PASSES, RENDER_STEPS, renderTemplate } from './template/render.ts'
export { TemplateError } from './template/template-error.ts'
export type { AnyConfig } from './testing/component-of.ts'
export type { TemplateKind } from './testing/config-elements.ts'
export {
  type FoundPacker,
  findPacker,
  type PackerSearch,
  packerMissing,
} from './testing/packer/find-packer.ts'
export type { PackerArtifact, PackerEvent, PackerPublication } from './testing/packer/machine-readable.ts'
export { PackerTestError, type PackerTestErrorCode } from './testing/packer/packer-error.ts'
export { type PackerFacts, PackerRun } from './testing/packer/packer-run.ts'
export { PACKER_OUTPUT_LIMIT } from './testing/packer/run-process.ts'
export {
  type InstalledPacker,
  PACKER_TIMEOUT,
  type PackerOptions,
  type PackerRunOptions,
  withPacker,
} from './testing/packer/with-packer.ts'
export type { TestArtifact } from './testing/test-artifact.ts'
export {
  type BuilderTest,
  type TestBuild,
  type TestBuildOptions,
  testBuilder,
} from './testing/test-builder.ts'
export { type DatasourceTest, testDatasource } from './testing/test-datasource.ts'
export { TestBuildError } from './testing/test-error.ts'
export {
  type TestAnswer,
  type TestCommand,
  type TestDirectory,
  type TestFile,
  type TestMachine,
  testMachine,
} from './testing/test-machine.ts'
export {
  type PostProcessorTest,
  type TestInput,
  type TestProcess,
  type TestProcessOptions,
  testPostProcessor,
} from './testing/test-post-processor.ts'
export {
  type ProvisionerTest,
  type TestProvisioning,
  type TestProvisionOptions,
  testProvisioner,
} from './testing/test-provisioner.ts'
export type { AskOptions, BuildUi } from './ui/build-ui.ts'
export { UNSAID_LIMIT } from './ui/ordered-ui.ts'

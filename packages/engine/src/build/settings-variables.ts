/**
 * The release of packer whose conduct the engine follows towards plugins; some of them look at it before they use what a
 * host must be able to do.
 */
const CORE_VERSION = '1.16.0'

/** What builders are told of the build beside their own settings: the values of packer 1.16 for an HCL template. */
export function settingsVariables(source: { readonly name: string; readonly builderType: string }) {
  return {
    packer_build_name: source.name,
    packer_builder_type: source.builderType,
    packer_core_version: CORE_VERSION,
    packer_debug: 'false',
    packer_force: 'false',
    packer_on_error: '',
  }
}

/** The SSH client, loaded where it is first needed: a plugin without SSH does not start with it. */
export async function loadSsh2(): Promise<typeof import('ssh2')> {
  const library = (await import('ssh2')) as unknown as { readonly default: typeof import('ssh2') }
  return library.default
}

import { readPluginFileName } from '../../packages/engine/src/discovery/plugin-file-name.ts'
import { parseConstraint } from '../../packages/engine/src/discovery/version-constraint.ts'
import { readManifest } from '../../packages/engine/src/manifest/read-manifest.ts'
import { readHandshake, writeHandshake } from '../../packages/plugin-rpc/src/handshake.ts'
import { readDescription } from '../../packages/plugin-rpc/src/host/read-description.ts'
import { decodeMessagePack } from '../../packages/plugin-rpc/src/message-pack/decode.ts'
import { encodeMessagePack } from '../../packages/plugin-rpc/src/message-pack/encode.ts'
import { readCommandLine } from '../../packages/plugin-rpc/src/plugin/command-line.ts'
import { readConfigs } from '../../packages/plugin-rpc/src/services/config-elements.ts'
import { config } from '../../packages/plugin-sdk/src/config/config.ts'
import { decodeConfig } from '../../packages/plugin-sdk/src/config/decode.ts'
import { parseDuration } from '../../packages/plugin-sdk/src/config/duration.ts'
import { sourceParts } from '../../packages/plugin-sdk/src/install/source-address.ts'
import { Secrets } from '../../packages/plugin-sdk/src/secrets/secrets.ts'
import { formatGoTime } from '../../packages/plugin-sdk/src/template/go-time.ts'
import { renderTemplate } from '../../packages/plugin-sdk/src/template/render.ts'
import { readMachineReadable } from '../../packages/plugin-sdk/src/testing/packer/machine-readable.ts'
import type { Target } from '../target.ts'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

const sampled =
  (...samples: readonly string[]) =>
  () =>
    samples.map((sample) => Buffer.from(sample))

const target = { os: 'linux', arch: 'amd64' } as const

const settings = config(
  {
    name: config
      .string()
      .required()
      .pattern(/^[a-z]+$/, 'must be lower case'),
    count: config.number().integer().between(1, 9).default(3),
    force: config.boolean().formerly('forced'),
    timeout: config.duration().default('5m').max('1h'),
    regions: config.list(config.string()).min(1),
    tags: config.map().orBlocks('tag'),
    disk: config.block({ size: config.number(), secret: config.string().sensitive() }),
    nic: config.blocks({ network: config.string().oneOf('a', 'b'), later: config.string().verbatim() }),
    url: config.string(),
    urls: config.list(config.string()),
  },
  { atMostOne: [['url', 'urls']] },
)

const plain = {
  name: 'web',
  count: '4',
  forced: 'true',
  timeout: '1h30m',
  regions: 'eu,us',
  tags: { os: '{{ upper `linux` }}' },
  tag: [{ key: 'a', value: 'b' }],
  disk: { size: 8, secret: 's3cret' },
  nic: [{ network: 'a', later: '{{ .Host }}' }],
  urls: ['{{ user `x` }}'],
  packer_user_variables: { x: 'y', '': '' },
  packer_debug: 'false',
  packer_sensitive_variables: ['x'],
}

const typed = Buffer.from(
  JSON.stringify({
    value: { name: 'web', count: 4, regions: ['eu'], disk: { size: 8, secret: null }, nic: [] },
    type: [
      'object',
      {
        name: 'string',
        count: 'number',
        regions: ['list', 'string'],
        disk: ['object', { size: 'number', secret: 'string' }],
        nic: ['list', ['object', { network: 'string' }]],
      },
    ],
  }),
)

/** What people, plugins and packer write as text, and what authors' schemas make of it. */
export const texts: readonly Target[] = [
  {
    name: 'handshake',
    title: 'the line that says where a plugin listens',
    covers: /plugin-rpc\/src\/handshake/,
    refuses: [],
    seeds: sampled(
      writeHandshake({ network: 'unix', address: '/run/x' }),
      '4|unix|/x',
      '5|0|tcp|127.0.0.1:1',
    ),
    decode: (bytes) => readHandshake(text(bytes)),
  },
  {
    name: 'description',
    title: 'what a plugin says of itself, in JSON',
    covers: /plugin-rpc\/src\/host\/read-description/,
    refuses: [],
    seeds: sampled(
      '{"version":"1.2.3","sdk_version":"0.6.10","api_version":"x5.0","builders":["a"],"post_processors":[],' +
        '"provisioners":null,"datasources":[],"protocol_version":"v2"}',
    ),
    decode: (bytes) => readDescription(text(bytes)),
  },
  {
    name: 'command-line',
    title: "a plugin's arguments, a line each",
    covers: /plugin-rpc\/src\/plugin\/command-line/,
    refuses: [],
    seeds: sampled('describe', 'start\nbuilder\n--protobuf\nimage', 'start\npost-processor\nx'),
    decode: (bytes) => readCommandLine(text(bytes).split('\n')),
  },
  {
    name: 'plugin-file-name',
    title: 'the name of an installed plugin',
    covers: /engine\/src\/discovery/,
    refuses: [],
    seeds: sampled('packer-plugin-a_v1.2.3_x5.0_linux_amd64', 'packer-plugin-a_v1.2.3-dev_x5.0_linux_amd64'),
    decode: (bytes) => readPluginFileName(text(bytes), target),
  },
  {
    name: 'version-constraint',
    title: 'which versions of a plugin a plan takes',
    covers: /engine\/src\/discovery/,
    refuses: ['EngineError', 'ConstraintError', 'Error'],
    seeds: sampled('>= 1.0.0, < 2', '~> 1.2', '!= 1.2.3-dev'),
    decode: (bytes) => parseConstraint(text(bytes)),
  },
  {
    name: 'plugin-source',
    title: "a plugin's source address",
    covers: /plugin-sdk\/src\/install/,
    refuses: ['InstallError'],
    seeds: sampled('github.com/acme/tarball', 'localhost:8080/a/b/c'),
    decode: (bytes) => sourceParts(text(bytes)),
  },
  {
    name: 'manifest',
    title: 'packer-manifest.json',
    covers: /engine\/src\/manifest/,
    refuses: ['EngineError'],
    seeds: sampled(
      '{"builds":[{"name":"a","builder_type":"b","build_time":1700000000,"files":[{"name":"f","size":3}],' +
        '"artifact_id":"id","packer_run_uuid":"u","custom_data":{"k":"v"}}],"last_run_uuid":"u"}',
    ),
    decode: (bytes) => readManifest(text(bytes)),
  },
  {
    name: 'machine-readable',
    title: "packer's output for programs",
    covers: /plugin-sdk\/src\/testing\/packer/,
    refuses: [],
    seeds: sampled(
      '1700000000,,ui,say,==> a: b%!(PACKER_COMMA) c\n1,a,artifact,0,id,x\n1,a,artifact,0,end\n',
    ),
    decode: (bytes) => readMachineReadable(text(bytes)),
  },
  {
    name: 'template',
    title: 'a text with {{ }} in it',
    covers: /plugin-sdk\/src\/template/,
    refuses: ['TemplateError'],
    seeds: sampled(
      '{{ user `x` | upper }} {{- if and .a (eq 1 1) -}} {{ .b }}{{ else if not .c }}{{ index .m "k" }}{{ end }}',
      '{{ range $i, $e := .list }}{{ $i }}{{ with $e }}{{ . }}{{ end }}{{ else }}none{{ end }}{{/* note */}}',
      '{{ printf "%s-%03d %q %v" "a" 7 "b" .m }} {{ split "a,b" "," 1 }} {{ isotime "2006-01-02" }} {{ timestamp }}',
      '{{ replace_all "a" "b" `aa` }}{{ replace "a" "b" 1 `aa` }}{{ uuid }}{{ build `ID` }}{{ len .list }}{{ "\\u00e9\\n" }}',
    ),
    decode: (bytes) =>
      renderTemplate(text(bytes), {
        data: { a: true, b: 'b', m: { k: 'v' }, list: ['x', 'y'] },
        userVariables: { x: 'y' },
        build: { ID: 'id' },
      }),
  },
  {
    name: 'time-layout',
    title: "a layout of Go's for a time",
    covers: /plugin-sdk\/src\/template\/go-time/,
    refuses: ['TemplateError'],
    seeds: sampled('Mon Jan _2 15:04:05.000 MST 2006', '2006-01-02T15:04:05Z07:00', '3:04PM'),
    decode: (bytes) => formatGoTime(new Date(0), text(bytes)),
  },
  {
    name: 'duration',
    title: "a duration in Go's writing",
    covers: /plugin-sdk\/src\/config\/duration/,
    refuses: ['RangeError'],
    seeds: sampled('1h30m', '-1.5s', '200ms', '.5us', '0'),
    decode: (bytes) => parseDuration(text(bytes)),
  },
  {
    name: 'config',
    title: 'the configurations of a component, by a schema of every kind of field',
    covers: /plugin-sdk\/src\/(config|template)/,
    refuses: ['ConfigError', 'WireError', 'TemplateError'],
    seeds: () =>
      [[plain], [typed, plain], [{ ...plain, disk: [{ size: 'x' }], extra: 1 }], [null, typed]].map(
        (configs) => encodeMessagePack({ Configs: configs }),
      ),
    decode: (bytes) =>
      decodeConfig(settings, readConfigs(decodeMessagePack(bytes)), {
        placeholders: bytes.length % 2 === 0,
        secrets: new Secrets(),
      }),
  },
]

import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { toolArguments } from '../house/toolArguments.ts';
import { schemaFolder, schemas, schemaText } from './schemas.ts';

/** `npm run schema`: writes the JSON Schemas that the site publishes; the formats that are no JSON are in `affidavit.cddl` beside them. */
toolArguments('Usage: npm run -s schema\n  writes the JSON Schemas of all formats into public/schema', {});
await mkdir(schemaFolder, { recursive: true });
for (const [name, schema] of Object.entries(schemas)) {
  const filepath = fileURLToPath(new URL(name, schemaFolder));
  await writeFile(filepath, await format(schemaText(schema), { ...(await resolveConfig(filepath)), filepath }));
}
console.error(`Wrote ${Object.keys(schemas).length} schemas into ${fileURLToPath(schemaFolder)}`);

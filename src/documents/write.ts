import type { Draft, Format } from './model.ts';

/** For HTTP. */
export const contentTypes: Readonly<Record<Format, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** The bytes of the file. The libraries are large and seldom needed, so each is loaded only for a file of its format. */
export async function write(draft: Draft): Promise<Uint8Array> {
  switch (draft.format) {
    case 'docx':
      return (await import('./docx.ts')).writeDocx(draft.paper);
    case 'pdf':
      return (await import('./pdf.ts')).writePdf(draft.paper);
    case 'xlsx':
      return (await import('./xlsx.ts')).writeXlsx(draft.sheet);
    case 'csv':
      return (await import('./csv.ts')).writeCsv(draft.sheet);
  }
}

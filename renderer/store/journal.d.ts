/** A pair's journal, which comes to the window as it is on the disk. */
import { type JournalRead } from '../../shared/journal/reading';
/** A whole journal, as it is on the disk. */
export declare const readBytes: (bytes: Uint8Array) => JournalRead;

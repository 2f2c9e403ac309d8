import { MemoryStore } from '../../storage/memory-store.ts';
import { describeDocumentStore } from '../contracts/document-store.ts';

describeDocumentStore('memory', async () => new MemoryStore());

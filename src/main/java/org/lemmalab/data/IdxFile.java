package org.lemmalab.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * An IDX file of unsigned bytes, plain or gzipped: magic {@code 0x08} and the number of dimensions, big-endian sizes, then the bytes.
 *
 * @param name how messages call it
 * @param sizes the size of each dimension; the first is the number of items
 * @param bytes the items one after the other
 */
record IdxFile(String name, int[] sizes, byte[] bytes) {
    private static final int UNSIGNED_BYTE = 0x08;
    private static final int GZIP_MAGIC = 0x1f8b;

    /**
     * Reads a file to its end.
     *
     * @param dimensions how many dimensions it must have: 3 for images, 1 for labels
     * @throws DataUnavailableException when the magic number is wrong, or bytes are missing or left over
     */
    static IdxFile read(String name, InputStream stream, int dimensions) {
        try (DataInputStream in = new DataInputStream(unzipped(stream))) {
            int magic = in.readInt();
            int expected = UNSIGNED_BYTE << 8 | dimensions;
            if (magic != expected) {
                throw new DataUnavailableException(
                        name, String.format("magic number is 0x%08x, must be 0x%08x", magic, expected));
            }
            int[] sizes = new int[dimensions];
            long length = 1;
            for (int i = 0; i < dimensions; i++) {
                sizes[i] = in.readInt();
                if (sizes[i] < 1 || (length *= sizes[i]) > Integer.MAX_VALUE - 8) {
                    throw new DataUnavailableException(
                            name, "sizes " + Arrays.toString(sizes) + ", must be positive and below 2 GB in all");
                }
            }
            byte[] bytes = in.readNBytes((int) length);
            if (bytes.length < length) {
                throw new DataUnavailableException(
                        name, "truncated: " + bytes.length + " bytes of data, its header promises " + length);
            }
            if (in.read() >= 0) {
                throw new DataUnavailableException(name, "trailing bytes after the " + length + " of its header");
            }
            return new IdxFile(name, sizes, bytes);
        } catch (EOFException e) {
            throw new DataUnavailableException(name, "truncated: the file ends too early");
        } catch (IOException e) {
            throw new DataUnavailableException(name, "cannot be read: " + e.getMessage());
        }
    }

    private static InputStream unzipped(InputStream stream) throws IOException {
        BufferedInputStream in = new BufferedInputStream(stream, 1 << 16);
        in.mark(2);
        boolean zipped = (in.read() << 8 | in.read()) == GZIP_MAGIC;
        in.reset();
        return zipped ? new GZIPInputStream(in, 1 << 16) : in;
    }
}

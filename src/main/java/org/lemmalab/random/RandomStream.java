package org.lemmalab.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.source64.XoShiRo256PlusPlus;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.jspecify.annotations.Nullable;

/**
 * A stream of random numbers named by a master seed, a claim, parts and trial numbers.
 *
 * <p>The name is hashed by SHA-256 into the seed of a xoshiro256++ generator, so that the numbers are the same on every JDK, thread
 * and machine, and different names give independent streams. A child depends on its name alone, not on what was drawn from the
 * parent. A stream is not thread safe; its children may go to different threads.
 */
public final class RandomStream {
    private final byte[] key;
    private @Nullable UniformRandomProvider generator;
    private ZigguratSampler.@Nullable NormalizedGaussian normal;

    private RandomStream(byte[] key) {
        this.key = key;
    }

    /** The stream of a claim under a master seed. */
    public static RandomStream of(long master, String claim) {
        return new RandomStream(hash(ByteBuffer.allocate(8).putLong(master).array(), 'c', utf8(claim)));
    }

    /** The child stream of this name. */
    public RandomStream part(String name) {
        return new RandomStream(hash(key, 'p', utf8(name)));
    }

    /** The child stream of this number. */
    public RandomStream trial(long index) {
        return new RandomStream(
                hash(key, 't', ByteBuffer.allocate(8).putLong(index).array()));
    }

    /** The first eight bytes of the stream's name: a seed for a generator that is not ours. */
    public long seed() {
        return ByteBuffer.wrap(key).getLong();
    }

    /** A draw from the standard normal law. */
    public double gaussian() {
        if (normal == null) {
            normal = ZigguratSampler.NormalizedGaussian.of(generator());
        }
        return normal.sample();
    }

    /** A draw from the uniform law on [0, 1), a multiple of {@code 2^-53}. */
    public double uniform() {
        return generator().nextDouble();
    }

    /**
     * A draw from the uniform law on [lo, hi).
     *
     * @throws IllegalArgumentException unless {@code lo < hi} and both are finite
     */
    public double uniform(double lo, double hi) {
        if (!(lo < hi && Double.isFinite(hi - lo))) {
            throw new IllegalArgumentException("range is [" + lo + ", " + hi + "), must be finite and not empty");
        }
        return Math.min(lo + (hi - lo) * uniform(), Math.nextDown(hi));
    }

    /**
     * A draw from the uniform law on 0, ..., bound - 1.
     *
     * @throws IllegalArgumentException when {@code bound < 1}
     */
    public int integer(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound is " + bound + ", must be at least 1");
        }
        return generator().nextInt(bound);
    }

    /** A fair sign: +1 or -1. */
    public double sign() {
        return generator().nextLong() < 0 ? -1 : 1;
    }

    /** {@code n} independent standard normal draws. */
    public double[] gaussians(int n) {
        double[] result = new double[n];
        for (int i = 0; i < n; i++) {
            result[i] = gaussian();
        }
        return result;
    }

    /** {@code n} independent fair signs. */
    public double[] signs(int n) {
        double[] result = new double[n];
        for (int i = 0; i < n; i++) {
            result[i] = sign();
        }
        return result;
    }

    /** A uniformly random order of 0, ..., n - 1 (Fisher-Yates). */
    public int[] permutation(int n) {
        int[] result = new int[n];
        for (int i = 0; i < n; i++) {
            int j = integer(i + 1);
            result[i] = result[j];
            result[j] = i;
        }
        return result;
    }

    private UniformRandomProvider generator() {
        if (generator == null) {
            ByteBuffer bytes = ByteBuffer.wrap(key);
            long[] seed = {bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong()};
            generator = new XoShiRo256PlusPlus(seed);
        }
        return generator;
    }

    /** SHA-256 of a parent's name of fixed length (8 or 32 bytes, told apart by the kind), the kind of child, and its name. */
    private static byte[] hash(byte[] parent, char kind, byte[] name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) kind);
            digest.update(parent);
            return digest.digest(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] utf8(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}

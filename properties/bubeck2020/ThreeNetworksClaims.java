package bubeck2020;

import bubeck2020.MemorizerRuns.Data;
import bubeck2020.MemorizerRuns.Network;
import bubeck2020.MemorizerRuns.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Figure;
import org.lemmalab.memorizer.HarmonicMemorizer;
import org.lemmalab.memorizer.RidgeNeuron.Selection;
import org.lemmalab.memorizer.TangentMemorizer;
import org.lemmalab.random.RandomStream;

/**
 * Baum's, the tangent and the harmonic network on the same points: few neurons are heavy, light networks have many.
 *
 * <h2>Source</h2>
 *
 * B20, the narrative of sections 1 and 5; the paper has no figure. Sizes: Proposition 4, Theorems 2 and 5; weights: (16), the sketches of sections 3 and 4, the lower bound of Proposition 1.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 *              Baum          tangent         harmonic
 * size         4 n/d         n/d             n/d           up to logarithms (and eps)
 * weight       n^2           n^(3/2)         sqrt n
 * }</pre>
 *
 * and {@code W >= sqrt n / 8} for every network with error at most 1/2.
 *
 * <h2>Instances</h2>
 *
 * Independent points on the sphere, n = 2d = 32 ... 256 (in quick 64), random labels. Baum's network (slabs) is exact, the others have error 1/2 at most.
 *
 * <h2>How it is checked</h2>
 *
 * {@code 20 W_harmonic <= W_tangent <= W_Baum} at n = 64 and 128 (in quick 64), each violated in one run of ten at most, against one in two; the lower bound for all three.
 * The curves are medians; their exponents between the first and last size stand in the captions. The errors' fall is one run at n = 128.
 *
 * <h2>Falsifiers</h2>
 *
 * 200 for 20; a hundred times below Baum; 6 for 1/8.
 */
class ThreeNetworksClaims {
    private static final String[] NAMES = {"Baum (slabs)", "tangent", "harmonic"};
    private static final List<Function<Data, Network>> NETWORKS =
            List.of(Data::slabs, Data::tangent, data -> data.harmonic(0.5).network());

    @Claim(
            id = "B20.e2e",
            statement =
                    "\\frac{\\sqrt n}{8} \\le \\mathbf W_{\\mathrm{harmonic}} \\ll \\mathbf W_{\\mathrm{tangent}} \\ll \\mathbf W_{\\mathrm{Baum}}",
            hypotheses = "independent points on the sphere, $n = 2d$, random labels, error at most $1/2$")
    void lightNetworksHaveManyNeurons(ClaimRun run) {
        int rungs = run.size("sizes n that are checked", 1, 2, 2);
        for (int n : List.of(64, 128).subList(0, rungs)) {
            run.check(
                            "harmonic below tangent, n = " + n,
                            20.0,
                            (factor, lab) -> MemorizerRuns.rarely(
                                    run,
                                    lab,
                                    Source.SPHERE,
                                    n,
                                    one -> one.tangent().weight()
                                            / one.harmonic(0.5).network().weight(),
                                    ratio -> ratio < factor))
                    .falsifiedBy("200 for 20", 200.0);
            run.check(
                            "tangent below Baum, n = " + n,
                            1.0,
                            (factor, lab) -> MemorizerRuns.rarely(
                                    run,
                                    lab,
                                    Source.SPHERE,
                                    n,
                                    one -> one.slabs().weight() / one.tangent().weight(),
                                    ratio -> ratio < factor))
                    .falsifiedBy("100 times below", 100.0);
            run.check(
                            "lower bound, n = " + n,
                            0.125,
                            (factor, lab) -> MemorizerRuns.rarely(
                                    run, lab, Source.SPHERE, n, ThreeNetworksClaims::least, least -> least < factor))
                    .falsifiedBy("6 for 1/8", 6.0);
        }
        int repeats = run.size("runs per size", 3, 9, 31);
        int[] sizes = repeats < 9 ? new int[] {32, 64} : new int[] {32, 64, 128, 256};
        run.figure(curves(
                "B20.e2e-weight",
                "total weight",
                "total weight W",
                run,
                sizes,
                repeats,
                Network::weight,
                Figure.Series.line("lower bound sqrt(n)/8", doubles(sizes), lowerBound(sizes))));
        run.figure(curves("B20.e2e-size", "number of neurons", "neurons k", run, sizes, repeats, Network::size, null));
        run.figure(decay(run));
    }

    /** The least total weight of the three in units of sqrt n. */
    private static double least(Data one) {
        return NETWORKS.stream()
                        .mapToDouble(network -> network.apply(one).weight())
                        .min()
                        .orElseThrow()
                / Math.sqrt(one.n());
    }

    private static Figure curves(
            String name,
            String title,
            String ordinate,
            ClaimRun run,
            int[] sizes,
            int repeats,
            ToDoubleFunction<Network> quantity,
            Figure.@org.jspecify.annotations.Nullable Series theory) {
        List<Figure.Series> series = new ArrayList<>();
        StringBuilder caption = new StringBuilder("Medians of " + repeats + " runs, n = 2d points on the sphere with"
                + " random labels; Baum's network is exact, the others have error 1/2 at most. Exponents in n:");
        for (int k = 0; k < NAMES.length; k++) {
            double[] medians = new double[sizes.length];
            for (int s = 0; s < sizes.length; s++) {
                medians[s] = median(run, sizes[s], repeats, NETWORKS.get(k), quantity);
            }
            series.add(Figure.Series.points(NAMES[k], doubles(sizes), medians));
            double exponent = Math.log(medians[sizes.length - 1] / medians[0])
                    / Math.log(sizes[sizes.length - 1] / (double) sizes[0]);
            caption.append(String.format(Locale.ROOT, " %s %.2f%s", NAMES[k], exponent, k == 2 ? "." : ","));
        }
        if (theory != null) {
            series.add(theory);
        }
        return new Figure(
                name,
                "Three networks: " + title,
                caption.toString(),
                new Figure.Axis("points n", true),
                new Figure.Axis(ordinate, true),
                series);
    }

    private static double median(
            ClaimRun run, int n, int repeats, Function<Data, Network> network, ToDoubleFunction<Network> quantity) {
        double[] values = LongStream.range(0, repeats)
                .mapToDouble(index ->
                        quantity.applyAsDouble(network.apply(MemorizerRuns.data(run, Source.SPHERE, n, index))))
                .sorted()
                .toArray();
        return values[values.length / 2];
    }

    private static double[] doubles(int[] sizes) {
        return Arrays.stream(sizes).asDoubleStream().toArray();
    }

    private static double[] lowerBound(int[] sizes) {
        return Arrays.stream(sizes).mapToDouble(n -> Math.sqrt(n) / 8).toArray();
    }

    /** The errors of the growing networks at n = 128. */
    private static Figure decay(ClaimRun run) {
        int n = 128;
        int neurons = run.size("neurons of the errors' figure", 128, 512, 1024);
        RandomStream stream = run.stream().part("decay");
        DMatrixRMaj points = Source.SPHERE.points(n, stream.part("points"));
        double[] y = stream.part("labels").signs(n);
        List<Figure.Series> series = new ArrayList<>();
        TangentMemorizer tangent = new TangentMemorizer(
                points, y, Relu.INSTANCE, TangentMemorizer.learningRate(points), stream.part("tangent"));
        series.add(fall("tangent", neurons / 2, 2, () -> {
            tangent.step();
            return tangent.error();
        }));
        for (Selection selection : new Selection[] {Selection.PER_WEIGHT, Selection.PER_NORM}) {
            HarmonicMemorizer harmonic = new HarmonicMemorizer(
                    points, y, MemorizerRuns.gamma(points), 1, selection, stream.part("harmonic"));
            String label = selection == Selection.PER_WEIGHT ? "harmonic, for weight" : "harmonic, for size";
            series.add(fall(label, neurons, 1, () -> {
                harmonic.step();
                return harmonic.error();
            }));
        }
        return new Figure(
                "B20.e2e-error",
                "Three networks: error against neurons",
                "One run at n = 128, d = 64; the harmonic networks' error is that on the points they kept. Baum's network has"
                        + " 8 neurons and error 0.",
                new Figure.Axis("neurons k", true),
                new Figure.Axis("error |f - y|^2 / |y|^2", true),
                series);
    }

    private static Figure.Series fall(String label, int steps, int neurons, java.util.function.DoubleSupplier error) {
        List<double[]> curve = new ArrayList<>();
        int next = 1;
        for (int t = 1; t <= steps; t++) {
            double value = error.getAsDouble();
            if (t == next) {
                curve.add(new double[] {neurons * t, Math.max(value, 1e-16)});
                next = (int) Math.ceil(1.15 * t);
            }
        }
        return Figure.Series.points(
                label,
                curve.stream().mapToDouble(point -> point[0]).toArray(),
                curve.stream().mapToDouble(point -> point[1]).toArray());
    }
}

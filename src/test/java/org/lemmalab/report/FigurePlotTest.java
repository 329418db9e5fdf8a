package org.lemmalab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lemmalab.claim.Figure;
import org.lemmalab.claim.Figure.Axis;
import org.lemmalab.claim.Figure.Series;

class FigurePlotTest {

    @Test
    void drawsTheSameTextTwice() {
        Figure figure = SampleReport.figure().figures().get(0);
        assertThat(FigurePlot.svg(figure)).isEqualTo(FigurePlot.svg(figure));
    }

    @Test
    void idsComeFromTheNameAndLegendFollowsTheSeries() {
        String svg = FigurePlot.svg(SampleReport.figure().figures().get(0));
        assertThat(svg)
                .containsPattern("<g id=\"D20.fig1a-0\"")
                .containsSubsequence("measured, true labels", "true labels", "random labels, theory")
                .contains("stroke-dasharray");
    }

    @Test
    void keepsWhatIsNotPositiveOffALogarithmicAxis() {
        double[] x = {1, 2, 4, 8};
        double[] y = {-1, 0, Double.NaN, 0.5};
        Figure figure =
                new Figure("f", "t", "", new Axis("x", true), new Axis("y", true), List.of(Series.points("s", x, y)));
        // one circle is the point that can be shown, the other the key of the legend
        assertThat(FigurePlot.svg(figure).split("<circle", -1)).hasSize(3);
    }

    @Test
    void escapesLabels() {
        Figure figure = new Figure(
                "f",
                "<b>&\"",
                "",
                new Axis("<x>", false),
                new Axis("y", false),
                List.of(Series.line("<script>", new double[] {0, 1}, new double[] {0, 1})));
        assertThat(FigurePlot.svg(figure))
                .doesNotContain("<script>", "<b>", "<x>")
                .contains("&lt;script&gt;");
    }

    @Test
    void drawsAFigureWithoutData() {
        Figure figure = new Figure(
                "f",
                "t",
                "",
                new Axis("x", true),
                new Axis("y", true),
                List.of(Series.points("s", new double[0], new double[0])));
        assertThat(FigurePlot.svg(figure)).startsWith("<svg");
    }
}

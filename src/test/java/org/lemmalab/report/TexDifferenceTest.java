package org.lemmalab.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TexDifferenceTest {

    @ParameterizedTest
    @CsvSource({
        "a \\le b, a \\le b^2, a \\le b, a \\le b\\htmlClass{differs}{^2}",
        "x + \\sqrt{y} = z, x + \\sqrt{w} = z, x + \\sqrt{\\htmlClass{differs}{y}} = z, x + \\sqrt{\\htmlClass{differs}{w}} = z",
        "Q \\le 9 b, Q \\le 3 b, Q \\le \\htmlClass{differs}{9} b, Q \\le \\htmlClass{differs}{3} b",
        "a, b, a, b",
        "a_1 + c, a_2 + c, a\\htmlClass{differs}{_1 }+ c, a\\htmlClass{differs}{_2 }+ c"
    })
    void marksTheStretchThatDiffers(String first, String second, String markedFirst, String markedSecond) {
        TexDifference difference = TexDifference.of(first, second);
        assertThat(difference.first()).isEqualTo(markedFirst);
        assertThat(difference.second()).isEqualTo(markedSecond);
    }
}

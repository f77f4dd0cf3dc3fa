package dev.wellhead.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class TimelinePictureTest {

    @Test
    void svg_ofTwoLibraries_hasOnePanelEach() throws Exception {
        Map<Contestant, Timeline> timelines = new EnumMap<>(Contestant.class);
        timelines.put(Contestant.WELLHEAD, timeline(TimelineTest.answered(0, 3_000_000, 4_000_000, 4_000_001)));
        timelines.put(Contestant.AGROAL, timeline(TimelineTest.failed(0, 3_000_000, 0, 8_000_000)));
        String svg = new TimelinePicture("Server gone", timelines).svg();

        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
        assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 920 310");
        assertThat(svg)
                .contains("prefers-color-scheme: dark")
                .contains(">0 failed, longest borrow 1.0 s</text>")
                .contains(">1 failed, longest borrow 5.0 s</text>")
                .contains(">the fault lasts 2 s</text>");
        // the legend has one more of each
        assertThat(count(root, "failed")).isEqualTo(2);
        assertThat(count(root, "wait")).isGreaterThan(2);
    }

    private static int count(Element root, String style) {
        NodeList bars = root.getElementsByTagName("rect");
        int found = 0;
        for (int i = 0; i < bars.getLength(); i++) {
            found += ((Element) bars.item(i)).getAttribute("class").equals(style) ? 1 : 0;
        }
        return found;
    }

    private static Timeline timeline(Operation operation) {
        return new Timeline(List.of(operation), 1, 2_000_000, 4_000_000, 12_000_000);
    }
}

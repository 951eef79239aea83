package dev.stampede.systemtests.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation with its fenced blocks, in their order. */
record DocumentedPage(Path file, List<CodeBlock> blocks) {
    private static final Pattern FENCE = Pattern.compile("(\\s*)(`{3,})([^`]*)");

    DocumentedPage {
        blocks = List.copyOf(blocks);
    }

    static DocumentedPage read(Path file) throws IOException {
        return new DocumentedPage(file, blocks(Files.readAllLines(file)));
    }

    /** The blocks of {@code lines}; one that is not closed ends with the page. */
    static List<CodeBlock> blocks(List<String> lines) {
        List<CodeBlock> blocks = new ArrayList<>();
        boolean isDirectlyAfter = false;
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int end = closing(lines, i + 1, fence.group(2));
                String code = text(lines.subList(i + 1, end), fence.group(1));
                CodeBlock block = new CodeBlock(i + 1, fence.group(3).strip(), code, Optional.empty());
                if (isDirectlyAfter && block.language().equals("text")) {
                    CodeBlock before = blocks.remove(blocks.size() - 1);
                    blocks.add(new CodeBlock(before.line(), before.info(), before.code(), Optional.of(code)));
                }
                blocks.add(block);
                isDirectlyAfter = block.isCommands();
                i = end;
            } else {
                isDirectlyAfter &= lines.get(i).isBlank();
            }
        }
        return blocks;
    }

    private static int closing(List<String> lines, int from, String fence) {
        int end = from;
        while (end < lines.size()
                && !(lines.get(end).strip().startsWith(fence)
                        && lines.get(end).replace("`", "").isBlank())) {
            end++;
        }
        return end;
    }

    /** The lines without the indentation of their fence, as in a list. */
    private static String text(List<String> lines, String indentation) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line.startsWith(indentation) ? line.substring(indentation.length()) : line)
                    .append('\n');
        }
        return text.toString();
    }
}

package io.github.vidicenter.flink.secrets;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** A token and the forms in which it could be written somewhere. */
record Secret(String username, String token) {

    /** What to look for, by name. */
    Map<String, byte[]> forms() {
        Map<String, byte[]> forms = new LinkedHashMap<>();
        forms.put("plain", bytes(token));
        forms.put("UTF-16BE", token.getBytes(StandardCharsets.UTF_16BE));
        forms.put("UTF-16LE", token.getBytes(StandardCharsets.UTF_16LE));
        forms.put("in a URL", bytes(URLEncoder.encode(token, StandardCharsets.UTF_8)));
        forms.put("in JSON", bytes(token.replace("/", "\\/")));
        forms.put("hexadecimal", bytes(HexFormat.of().formatHex(bytes(token))));
        forms.put("HEXADECIMAL", bytes(HexFormat.of().withUpperCase().formatHex(bytes(token))));
        forms.put("backwards", bytes(new StringBuilder(token).reverse().toString()));
        forms.put("of Basic authentication", base64(bytes(username + ":" + token), 0));
        for (int offset = 0; offset < 3; offset++) {
            forms.put("Base64 at " + offset, base64(bytes(token), offset));
        }
        return forms;
    }

    /** The part of the text that is the same whatever stands before and after the bytes. */
    private static byte[] base64(byte[] bytes, int offset) {
        byte[] shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int end = shifted.length / 3 * 4;
        return text.substring(offset == 0 ? 0 : 4, end).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(Charset.defaultCharset());
    }
}

// Echoes through examples/loadtarget.mlir, seen by Netty with its stock handler
// for compression, which fails a connection over a parameter that it has not
// offered. usage: java -cp '/usr/share/java/*' DeflateNetty.java
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.*;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.*;
import io.netty.handler.codec.http.websocketx.*;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketClientCompressionHandler;
import java.net.URI;
import java.util.*;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

public class DeflateNetty {
  static final int LARGEST = 1 << 22;

  static String text(int size) {
    Random dice = new Random(size);
    StringBuilder out = new StringBuilder();
    while (out.length() < size)
      out.append("w\u00f6rd").append(dice.nextInt(500)).append(' ');
    return out.substring(0, size);
  }

  /** Says one thing after another, each when the one before has come back. */
  static class Talk extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    final Deque<String> toSay = new ArrayDeque<>();
    final CompletableFuture<String> result;

    Talk(CompletableFuture<String> result) {
      this.result = result;
      // What is said again refers to what was said.
      for (int size : new int[] {0, 1, 100, 3000, 3000, 3000, 100000, 3000, 100000})
        toSay.add(text(size));
    }
    void next(ChannelHandlerContext context) {
      if (toSay.isEmpty())
        result.complete("ok");
      else
        context.writeAndFlush(new TextWebSocketFrame("echo " + toSay.peek()));
    }
    @Override public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE)
        next(context);
    }
    @Override protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
      String said = toSay.remove();
      if (!frame.text().equals(said))
        result.complete("another echo of " + said.length());
      next(context);
    }
    @Override public void channelInactive(ChannelHandlerContext context) {
      result.complete("the connection ended");
    }
    @Override public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
      result.complete(error.toString());
    }
  }

  public static void main(String[] arguments) throws Exception {
    URI uri = URI.create(System.getenv("PLUMB_URL"));
    EventLoopGroup group = new NioEventLoopGroup(1);
    CompletableFuture<String> result = new CompletableFuture<>();
    WebSocketClientHandshaker handshaker = WebSocketClientHandshakerFactory.newHandshaker(
        uri, WebSocketVersion.V13, null, true, new DefaultHttpHeaders(), LARGEST);
    new Bootstrap().group(group).channel(NioSocketChannel.class)
        .handler(new ChannelInitializer<SocketChannel>() {
          @Override protected void initChannel(SocketChannel channel) {
            channel.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(8192),
                WebSocketClientCompressionHandler.INSTANCE,
                new WebSocketClientProtocolHandler(handshaker),
                new WebSocketFrameAggregator(LARGEST), new Talk(result));
          }
        })
        .connect(uri.getHost(), uri.getPort()).sync();
    String outcome = result.get(100, TimeUnit.SECONDS);
    System.out.println(outcome + ": deflate with Netty");
    System.exit(outcome.equals("ok") ? 0 : 1);
  }
}
